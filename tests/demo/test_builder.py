"""The demo site as its content files make it."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from pytest_django.asserts import assertInHTML
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from core.visibility import is_public, public
from demo.builder import build_demo
from home.models import CrisisHelp, Navigation, PracticeSettings
from new_practice.loading.fixed_pages import set_site_address
from therapies.models import ComparisonPage, ConcernPage, DimensionValue, TherapyPage
from therapists.enums import ConcernLevel
from therapists.matching.form.steps import FIRST_CONCERNS
from therapists.models import Availability, TherapistPage, TherapistPrivate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]

ADDRESSES = [
    "/",
    "/therapies/",
    "/therapies/interpersonal-therapy/",
    "/therapies/dynamic-interpersonal-therapy/",
    "/therapies/compare/dit-vs-ipt/",
    "/concerns/",
    "/concerns/depression/",
    "/therapists/",
    "/therapists/amara-okafor/",
    "/find-a-therapist/",
    "/about/",
    "/how-matching-works/",
    "/fees/",
    "/privacy/",
    "/accessibility/",
    "/get-help-now/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_promised_address_answers(client, address):
    assert client.get(address).status_code == 200


def test_the_form_begins_with_what_people_most_often_bring():
    in_sight = ConcernPage.objects.order_by("path").values_list("slug", flat=True)[:FIRST_CONCERNS]
    assert list(in_sight) == [
        "depression",
        "anxiety",
        "relationship-problems",
        "grief-and-loss",
        "trauma",
        "stress-and-burnout",
        "low-self-esteem",
    ]


def test_lists_are_headed_in_a_visitors_words(client):
    headings = (
        "What kind of help would you like?",
        "What brings you here?",
        "Who would you like to talk to?",
    )
    for address, heading in zip(("/therapies/", "/concerns/", "/therapists/"), headings, strict=True):
        assertInHTML(f"<h1>{heading}</h1>", client.get(address).content.decode())


def test_a_second_run_changes_nothing():
    def state():
        return (
            list(
                Page.objects.order_by("pk").values_list("pk", "url_path", "latest_revision", "live_revision")
            ),
            Revision.objects.count(),
            list(DimensionValue.objects.order_by("pk").values_list("pk", "short_value")),
        )

    before = state()
    build_demo()
    assert state() == before


def test_an_editors_page_is_put_right_by_a_new_revision_only_where_it_differs():
    therapy = TherapyPage.objects.get(slug="interpersonal-therapy")
    therapy.title = "Changed"
    therapy.save_revision().publish()
    revisions = Revision.objects.count()
    build_demo()
    assert TherapyPage.objects.get(slug="interpersonal-therapy").title != "Changed"
    assert Revision.objects.count() == revisions + 1


def test_loading_is_skipped_where_the_files_are_as_they_were(capsys):
    call_command("load_demo", only_if_changed=True)
    assert "Loading" not in capsys.readouterr().out


def test_every_page_was_published_through_a_revision():
    pages = Page.objects.filter(depth__gt=1)
    assert pages.filter(live=True, live_revision__isnull=False).count() == pages.count()


def test_every_body_is_one_that_an_editor_could_save():
    for page in Page.objects.filter(depth__gt=1).specific():
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))


def test_settings_are_ones_that_an_administrator_could_save(demo_site):
    for kind in (PracticeSettings, CrisisHelp, Navigation):
        kind.for_site(demo_site).full_clean()
    assert len(CrisisHelp.for_site(demo_site).help_lines) >= 5
    assert CrisisHelp.for_site(demo_site).page.slug == "get-help-now"


def test_there_is_enough_to_choose_from():
    assert public(TherapyPage.objects.all()).count() >= 10
    assert public(ConcernPage.objects.all()).count() >= 14
    assert public(TherapistPage.objects.all()).count() >= 24
    assert public(ComparisonPage.objects.all()).exists()


def test_every_therapy_and_concern_is_offered():
    shown = public(TherapistPage.objects.all())
    for therapy in TherapyPage.objects.all():
        assert shown.filter(therapies__therapy=therapy).count() >= 2, therapy
    for concern in ConcernPage.objects.all():
        offered = shown.filter(
            concerns__concern=concern,
            concerns__level__in=[ConcernLevel.SPECIALISM, ConcernLevel.WORKS_WITH],
        )
        assert offered.count() >= 2, concern


def test_sample_people_are_marked_and_varied():
    people = TherapistPage.objects.all()
    assert all(person.is_sample and person.portrait.description for person in people)
    assert {person.gender for person in people} >= {"", "woman", "man", "non_binary"}
    assert len({language for person in people for language in person.languages}) >= 12
    assert {form for person in people for form in person.formats} == {"video", "phone", "text", "in_person"}
    assert TherapistPrivate.objects.exclude(offer_email__endswith="@example.org").count() == 0
    assert TherapistPrivate.objects.count() == people.count()


def test_registrations_are_plainly_samples():
    for person in TherapistPage.objects.all():
        assert all(row.number.startswith("SAMPLE-") for row in person.registrations.all())


@pytest.mark.guide("Until then, and again after that day, visitors do not see the profile.")
def test_a_therapist_whose_registration_ran_out_is_hidden(client):
    lapsed = TherapistPage.objects.get(slug="julian-frost")
    assert lapsed.live
    assert not is_public(lapsed)
    assert client.get("/therapists/julian-frost/").status_code == 404


def test_moderators_keep_the_reviewers():
    reviewer = get_user_model().objects.get(username="reviewer")
    assert reviewer.has_perms(["core.add_reviewer", "core.change_reviewer", "therapies.change_reference"])
    assert not get_user_model().objects.get(username="editor").has_perm("core.change_reviewer")


def test_diaries_differ():
    diaries = Availability.objects.all()
    assert any(diary.paused_until for diary in diaries)
    assert any(diary.absences.exists() for diary in diaries)
    assert all(diary.windows.exists() for diary in diaries)


def test_links_lead_to_where_the_demo_is_served(client):
    for port in (8431, 8000):
        set_site_address(f"http://localhost:{port}")

        fees = client.get("/api/v2/pages/find/", {"html_path": "/fees/"}).json()

        assert fees["meta"]["html_url"] == f"http://localhost:{port}/fees/"
