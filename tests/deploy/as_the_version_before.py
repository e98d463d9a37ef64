"""What a site does all day: read every table, show pages, take an enquiry, erase some, edit and add pages.

Run by the code of the version before, on the tables of this one, in a process of its own.
"""

import time
import uuid

from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page

from therapists.enquiries.models import Enquiry
from therapists.enquiries.services.retention import erase

HOST = {"host": "localhost"}
ADDRESSES = [
    "/",
    "/therapies/",
    "/therapies/compare/dit-vs-ipt/",
    "/therapists/",
    "/concerns/",
    "/find-a-therapist/",
    "/search/?query=grief",
    "/sitemap.xml",
    "/api/v2/pages/",
    "/api/v2/therapists/",
]


def show(client: Client, address: str) -> None:
    answer = client.get(address, secure=True, headers=HOST)
    assert answer.status_code == 200, (address, answer.status_code)


def enquire(client: Client, form: dict) -> None:
    enquiry = {
        "ticket": form["ticket"],
        "adult": "yes",
        "needs_help_today": "no",
        "main_concern": "other",
        "formats": ["video"],
        "client_group": "individual",
        "slots": ["0-evening"],
        "choice": "practice",
        "name": "Sam Canary",
        "email": "sam@example.org",
        "safe_to_email": "yes",
        "message": "Hello.",
        "consent": True,
        "consent_version": form["consent"]["version"],
        "website": "",
    }
    headers = HOST | {"idempotency-key": str(uuid.uuid4())}
    answer = client.post(
        "/api/v2/enquiries/", enquiry, content_type="application/json", secure=True, headers=headers
    )
    assert answer.status_code == 201, answer.content
    show(client, answer.json()["status"]["page_url"])


def add_and_edit_one_of_each_type() -> None:
    kinds = {page.specific_class: page for page in Page.objects.filter(depth__gt=2)}
    for page in kinds.values():
        page.specific.save_revision().publish()
        if page.specific_class.can_create_at(page.get_parent().specific):
            page.specific.copy(update_attrs={"slug": f"copy-of-{page.slug}"}, keep_live=False)


def erase_all_that_may_be() -> None:
    keys = list(Enquiry.objects.filter(legal_holds=None).values_list("pk", flat=True))
    assert keys
    for key in keys:
        erase(key)


def main() -> None:
    client = Client()
    form = client.get("/api/v2/matching/", secure=True, headers=HOST).json()
    asked_at = time.monotonic()
    for model in apps.get_models():
        list(model._default_manager.all()[:5])
    for address in ADDRESSES:
        show(client, address)
    add_and_edit_one_of_each_type()
    editor = Client()
    editor.force_login(get_user_model().objects.filter(is_superuser=True).first())
    show(editor, "/admin/")
    for page in Page.objects.filter(depth=3)[:3]:
        show(editor, f"/admin/pages/{page.pk}/edit/")
    time.sleep(max(0, 3.2 - (time.monotonic() - asked_at)))  # whoever is quicker is taken for a robot
    enquire(client, form)
    erase_all_that_may_be()


if __name__ == "__main__":
    main()
