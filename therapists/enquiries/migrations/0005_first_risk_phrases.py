"""A short list to start from. The Matching team keeps it."""

from django.db import migrations

PHRASES = [
    "kill myself",
    "killing myself",
    "end my life",
    "ending my life",
    "take my own life",
    "taking my own life",
    "suicide",
    "suicidal",
    "want to die",
    "better off dead",
    "no reason to live",
    "dont want to be here any more",
    "dont want to be here anymore",
    "dont want to be alive",
    "cant go on",
    "hurt myself",
    "hurting myself",
    "harm myself",
    "harming myself",
    "self harm",
    "cut myself",
    "cutting myself",
    "overdose",
    "not safe at home",
    "afraid he will kill me",
    "afraid she will kill me",
    "going to hurt someone",
    "want to hurt someone",
]


def add_phrases(apps, schema_editor):
    RiskPhrase = apps.get_model("enquiries", "RiskPhrase")
    RiskPhrase.objects.bulk_create(RiskPhrase(phrase=phrase) for phrase in PHRASES)


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0004_append_only_access_log")]

    operations = [migrations.RunPython(add_phrases, migrations.RunPython.noop)]
