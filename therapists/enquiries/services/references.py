"""The number that a person reads out on the phone."""

import secrets

from django.conf import settings

#: Without letters and digits that are mistaken for one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Such as “MTO-7K3F-29”. Random, so that it says nothing of how many there are."""
    middle = "".join(secrets.choice(LETTERS) for _ in range(4))
    return f"{settings.ENQUIRY_REFERENCE_PREFIX}-{middle}-{secrets.randbelow(100):02d}"
