from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from home.urgent_help.example_sentences import examples, fingerprint
from home.urgent_help.groups import HelpGroup
from home.urgent_help.language_files import weighed_languages, weights_file
from home.urgent_help.learning import learn
from home.urgent_help.rule_book import rule_book
from home.urgent_help.weighing import SCALE


class Command(BaseCommand):
    help = "Learn the weights of urgent words anew, after a rule or an example was changed. Takes a minute."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "languages", nargs="*", help="Codes of languages; those that have weights if left out."
        )

    def handle(self, *args: Any, languages: list[str], **options: Any) -> None:
        for language in languages or weighed_languages():
            self._learn(language)

    def _learn(self, language: str) -> None:
        learnt_from = examples(language)
        rows = [["learnt from", fingerprint(learnt_from)], ["", "need", *HelpGroup]]
        for trait, weights in learn(learnt_from, rule_book(language).vocabulary).items():
            rows.append([trait, *(str(round(weight * SCALE)) for weight in weights)])
        weights_file(language).write_text("".join("\t".join(row) + "\n" for row in rows))
        self.stdout.write(f"{language}: {len(rows) - 2} weights from {len(learnt_from)} sentences.")
