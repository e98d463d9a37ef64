"""Every address of the admin, found by walking its patterns, with the keys of things that are there."""

import re
from collections.abc import Iterator

from django.contrib.auth.models import Group, User
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.contrib.settings.registry import registry
from wagtail.documents.models import Document
from wagtail.models import Collection, Page, Site, Task, Workflow

from core.models import PracticeImage, Reviewer
from home.models import RiskPhrase
from therapies.models import ComparisonDimension, Reference, TherapyPage
from therapists.enquiries.models import Enquiry
from therapists.models import Availability, TherapistPage, TherapistPrivate

#: What a key stands for, by a part of the address it is in. The first that fits counts.
KEYS = {
    "/risk-phrases/": RiskPhrase,
    "/reviewer/": Reviewer,
    "/comparisondimension/": ComparisonDimension,
    "/reference/": Reference,
    "/enquiries/therapists/": TherapistPage,
    "/enquiries/": Enquiry,
    "/private-records/": TherapistPrivate,
    "/diaries/": Availability,
    "/users/": User,
    "/groups/": Group,
    "/sites/": Site,
    "/settings/": Site,
    "/tasks/": Task,
    "/task_chooser/": Task,
    "/workflows/": Workflow,
    "/collections/": Collection,
    "/documents/": Document,
    "/images/": PracticeImage,
    "/pages/": TherapyPage,
}
#: Words in an address that are not keys.
WORDS = {
    "action": "delete",
    "action_name": "approve",
    "app_label": "wagtailcore",
    "app_name": "therapies",
    "content_type_app_name": "therapies",
    "content_type_model_name": "therapypage",
    "filter_spec": "max-165x165",
    "model_name": "page",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "token": "set-password",
    "uidb64": "MQ",
}
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def admin_doors() -> Iterator[str]:
    """Every address under /admin/, once for each kind of thing where the pattern leaves it open."""
    for route in routes(get_resolver().url_patterns):
        if not route.startswith("admin/") or route == "admin/^.*/$":
            continue
        for words in _choices(route):
            yield _address(route, words)


def _address(route: str, words: dict[str, str]) -> str:
    filled = _PARAMETER.sub(lambda found: _value(route, found[1] or found[2], words), route)
    return "/" + filled.replace("^", "").replace("\\.", ".").rstrip("$")


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route of the patterns as it is written, with those that they include."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def _choices(route: str) -> Iterator[dict[str, str]]:
    if route.startswith("admin/settings/"):
        for setting in registry:
            yield {"app_name": setting._meta.app_label, "model_name": setting._meta.model_name}
    elif route.startswith("admin/bulk/"):
        for model in (Page, PracticeImage, Document, Enquiry, TherapistPrivate, RiskPhrase, User):
            yield {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
    else:
        yield {}


def _value(route: str, name: str, words: dict[str, str]) -> str:
    if name in words or name in WORDS:
        return words.get(name, WORDS[name])
    model = next((model for part, model in KEYS.items() if part in route), None)
    return str(model.objects.order_by("pk").values_list("pk", flat=True)[0]) if model else "1"
