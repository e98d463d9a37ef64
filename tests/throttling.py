"""Rates for tests of the throttles: everywhere else nobody is held back."""

from django.core.cache import cache


def hold_back(settings, **rates):
    """Set the rates of some scopes; the others stay without a limit."""
    cache.clear()
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {
        "DEFAULT_THROTTLE_RATES": settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | rates
    }
