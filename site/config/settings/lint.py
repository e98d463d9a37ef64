"""For `make lint`: with the linter of migrations, which brings commands of its own."""

from importlib.util import find_spec

from .demo import *


def is_ours(app: str) -> bool:
    spec = find_spec(app)
    path = Path(spec.origin) if spec and spec.origin else Path()
    return path.is_relative_to(ROOT) and ".venv" not in path.parts


# The code that runs has to get by with the tables of the code that comes: for a while, both run at once.
MIGRATION_LINTER_OPTIONS = {
    "include_apps": [name.rpartition(".")[2] for name in INSTALLED_APPS if is_ours(name)],
    "ignore_name": [
        # Of the first version, before which nothing ran.
        "0002_relations_and_limits",
        # Its constraint allows all that the one it replaces allowed, and more.
        "0006_tell_what_was_tested_and_not_found_better",
    ],
    # Conventions, which functions that several migrations share do not follow.
    "exclude_migration_tests": [
        "RUNPYTHON_ARGS_NAMING_CONVENTION",
        "RUNPYTHON_MODEL_IMPORT",
        "RUNPYTHON_MODEL_VARIABLE_NAME",
    ],
    "quiet": ["ok", "ignore"],
}
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
