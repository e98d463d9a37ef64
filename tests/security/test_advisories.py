"""The kinds of door that Wagtail's advisories of 2026 named, before someone who edits one page alone.

Most were a right that was not asked for: previews, versions, copies, choosers. Run again on each new Wagtail,
beside the walk of every door in `test_doors.py`.
"""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import Collection, GroupPagePermission

from core.models import Reviewer
from home.models import InfoPage
from tests.factories.home import PracticeImageFactory
from tests.factories.secrets import DocumentFactory
from therapies.models import TherapyIndexPage, TherapyPage

pytestmark = pytest.mark.django_db
MARKER = "Quokkazanzibar"


@pytest.fixture
def therapy(demo_site):
    """Of others, with a draft that says the marker."""
    therapy = TherapyPage.objects.live().first()
    therapy.summary = MARKER
    therapy.save_revision()
    therapy.title = f"{MARKER} again"
    therapy.save_revision()
    return therapy


@pytest.fixture
def files(demo_site):
    private = Collection.get_first_root_node().add_child(name="Private")
    return (
        PracticeImageFactory(title=MARKER, collection=private),
        DocumentFactory(title=MARKER, collection=private),
    )


@pytest.fixture
def editor(demo_site):
    """Who may enter the admin, and edit one page."""
    group = Group.objects.create(name="One page")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=InfoPage.objects.live().first(),
        permission=Permission.objects.get(codename="change_page"),
    )
    person = User.objects.create_user("one-page", password="quiet-harbour")
    person.groups.add(group)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def of_pages(therapy):
    revision = therapy.latest_revision
    index = TherapyIndexPage.objects.first()
    yield "preview_on_edit", [therapy.pk]
    yield "preview_on_add", ["therapies", "therapypage", index.pk]
    yield "view_draft", [therapy.pk]
    yield "revisions_view", [therapy.pk, revision.pk]
    yield "revisions_compare", [therapy.pk, "earliest", "latest"]
    yield "revisions_revert", [therapy.pk, revision.pk]
    yield "history", [therapy.pk]
    yield "workflow_history", [therapy.pk]
    yield "usage", [therapy.pk]
    yield "copy", [therapy.pk]
    yield "move", [therapy.pk]
    yield "delete", [therapy.pk]
    yield "unpublish", [therapy.pk]
    yield "set_privacy", [therapy.pk]
    yield "convert_alias", [therapy.pk]


def is_shut(client: Client, address: str) -> bool:
    answers = [client.get(address), client.post(address, {})]
    shown = [answer for answer in answers if MARKER in answer.getvalue().decode(errors="ignore")]
    return not shown and all(answer.status_code in (302, 403, 404, 405) for answer in answers)


def test_pages_of_others_are_shut_in_every_way(editor, therapy, record_property):
    addresses = {name: reverse(f"wagtailadmin_pages:{name}", args=args) for name, args in of_pages(therapy)}
    assert [name for name, address in addresses.items() if not is_shut(editor, address)] == []
    own = InfoPage.objects.live().first()
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[own.pk])).status_code == 200
    therapy.refresh_from_db()
    assert therapy.live
    record_property("figure", f"{len(addresses)} doors of pages shut")


def test_private_files_cannot_be_chosen_or_looked_up(editor, files, record_property):
    image, document = files
    doors = {
        "wagtailimages_chooser:chosen": [image.pk],
        "wagtailimages_chooser:select_format": [image.pk],
        "wagtailimages:edit": [image.pk],
        "wagtailimages:url_generator": [image.pk],
        "wagtailimages:delete": [image.pk],
        "wagtaildocs_chooser:chosen": [document.pk],
        "wagtaildocs:edit": [document.pk],
        "wagtaildocs:delete": [document.pk],
    }
    found = [name for name, args in doors.items() if not is_shut(editor, reverse(name, args=args))]
    assert found == []
    image.refresh_from_db(), document.refresh_from_db()
    for listed in ("images", "documents"):
        answer = editor.get(f"/admin/api/main/{listed}/?limit=100")
        assert MARKER not in answer.getvalue().decode(), listed
    record_property("figure", f"{len(doors)} doors of files shut")


def test_snippets_are_neither_shown_nor_copied_without_their_right(editor, demo_site, record_property):
    reviewer = Reviewer.objects.create(name=MARKER, credentials="none")
    doors = [
        f"wagtailsnippets_core_reviewer:{name}" for name in ("edit", "copy", "delete", "history", "usage")
    ]
    addresses = {}
    for name in doors:
        try:
            addresses[name] = reverse(name, args=[reviewer.pk])
        except NoReverseMatch:
            continue
    assert len(addresses) >= 4
    assert [name for name, address in addresses.items() if not is_shut(editor, address)] == []
    reviewer.refresh_from_db()
    record_property("figure", f"{len(addresses)} doors of snippets shut")


def test_drafts_are_in_no_answer_of_the_admins_api(editor, therapy):
    for address in (f"/admin/api/main/pages/{therapy.pk}/", "/admin/api/main/pages/?fields=*&limit=100"):
        assert MARKER not in editor.get(address).getvalue().decode(), address


def test_what_others_had_to_mend_is_not_here(client, db):
    """Forms that keep what visitors write, and pictures in any size that an address asks for."""
    assert not apps.is_installed("wagtail.contrib.forms")
    with pytest.raises(NoReverseMatch):
        reverse("wagtailimages_serve", args=["signature", 1, "width-9999"])
