from django.db import models
from django.utils.translation import gettext_lazy as _


class EventType(models.TextChoices):
    """The types of events: part of the public contract, so a type and its meaning stay."""

    PAGE_PUBLISHED = "page.published", _("A page was published, or appeared in another way")
    PAGE_UNPUBLISHED = "page.unpublished", _("A page is no longer public")
    PAGE_MOVED = "page.moved", _("A page has another address or place")
    PAGE_DELETED = "page.deleted", _("A page was deleted")
    AVAILABILITY_CHANGED = (
        "availability.changed",
        _("A therapist’s availability changed, or a registration of several ended"),
    )
    FACTS_CHANGED = "facts.changed", _("A point of comparison, source or reviewer changed")
    GLOSSARY_CHANGED = "glossary.changed", _("An explained word changed")
    IMAGES_CHANGED = "images.changed", _("An image changed")
    DOCUMENTS_CHANGED = "documents.changed", _("A document changed")
    REDIRECTS_CHANGED = "redirects.changed", _("A redirect changed")
    SETTINGS_CHANGED = "settings.changed", _("The practice, the navigation or urgent help changed")
    SITE_CHANGED = "site.changed", _("Anything may have changed: read everything anew")
    TEST = "test", _("A test")


#: The types that an endpoint may subscribe to. A test is sent to the endpoint that asked for it.
CHOICES = [(kind.value, kind.label) for kind in EventType if kind != EventType.TEST]
