from typing import Any

from django.core.management.base import BaseCommand

from home.urgent_help.example_sentences import examples, fingerprint
from home.urgent_help.groups import HelpGroup
from home.urgent_help.learning import learn
from home.urgent_help.weighing import FILE, SCALE


class Command(BaseCommand):
    help = "Learn the weights of urgent words anew, after a rule or an example was changed. Takes a minute."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        learnt_from = examples()
        rows = [["learnt from", fingerprint(learnt_from)], ["", "need", *HelpGroup]]
        for trait, weights in learn(learnt_from).items():
            rows.append([trait, *(str(round(weight * SCALE)) for weight in weights)])
        FILE.write_text("".join("\t".join(row) + "\n" for row in rows))
        self.stdout.write(f"{len(rows) - 2} weights from {len(learnt_from)} sentences.")
