from django.conf import settings
from django.core import checks

from core.accounts.second_factor.requirement import Requirement


@checks.register(checks.Tags.security)
def requirement_is_one_of_three(**kwargs: object) -> list[checks.CheckMessage]:
    if settings.REQUIRE_SECOND_FACTOR in list(Requirement):
        return []
    return [
        checks.Error(
            f"REQUIRE_SECOND_FACTOR must be one of: {', '.join(Requirement)}.", id="second_factor.E001"
        )
    ]
