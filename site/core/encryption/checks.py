import os

from django.core import checks

OLD_NAME = "ENQUIRY_ENCRYPTION_KEYS"


@checks.register(checks.Tags.security)
def keys_have_their_new_name(**kwargs: object) -> list[checks.CheckMessage]:
    """Warn where the environment still has the name from when the keys sealed enquiries alone."""
    if OLD_NAME not in os.environ:
        return []
    return [
        checks.Warning(
            f"The setting {OLD_NAME} is now called ENCRYPTION_KEYS.",
            hint="Rename it in the environment or in .env. The old name is read where the new is missing.",
            id="core.W001",
        )
    ]
