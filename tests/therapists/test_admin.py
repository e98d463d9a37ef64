"""The admin: what a profile must have, who keeps diaries, and who sees private records."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.factories.therapists import TherapistPageFactory, TherapistPrivateFactory
from therapists.enums import PausedBy
from therapists.models import Registration, TherapistPage

TODAY = timezone.localdate()


@pytest.fixture
def editor(practice):
    user = User.objects.create_user("edie", "edie@example.org", "secret")
    group = Group.objects.get(name="Content editor")
    user.groups.add(group)
    for codename in ["add_page", "change_page", "publish_page"]:
        GroupPagePermission.objects.create(
            group=group, page=practice.home, permission=Permission.objects.get(codename=codename)
        )
    return user


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


REGISTRATION = {
    "body": "bacp",
    "grade": "",
    "number": "SAMPLE-1",
    "register_url": "https://example.org/",
    "verified_on": str(TODAY),
    "expires_on": str(TODAY + timedelta(days=300)),
}


def profile(concerns=(), therapies=(), fees=({"group": "individual", "fee": "60"},), **fields):
    """What the editor's form sends for a profile that may be published, with these changes."""
    rows = {
        "concerns": concerns,
        "therapies": therapies,
        "fees": [{"reduced_fee": "", "session_minutes": "50"} | dict(fee) for fee in fees],
        "registrations": fields.pop("registrations", [REGISTRATION]),
        "qualifications": [],
        "comments": [],
    }
    ways_to_meet, languages = fields.pop("formats", ["video"]), fields.pop("languages", ["en"])
    sent = nested_form_data(
        {
            "title": "Anna Sample",
            "slug": "anna-sample",
            "summary": "",
            "professional_title": "Counsellor",
            "consultation_minutes": "20",
            "action-publish": "Publish",
            **{name: inline_formset(list(each)) for name, each in rows.items()},
            **fields,
        }
    )
    return sent | {"formats": ways_to_meet, "languages": languages}


def send(admin, practice, data):
    address = reverse("wagtailadmin_pages:add", args=["therapists", "therapistpage", practice.directory.pk])
    return admin.post(address, data, follow=True)


def test_a_complete_profile_is_published(admin, practice):
    response = send(admin, practice, profile())
    therapist = TherapistPage.objects.get()
    assert therapist.live, response.text
    assert (therapist.formats, therapist.languages) == (["video"], ["en"])
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[therapist.pk]))
    assert 'value="video" id="id_formats_0" checked' in " ".join(edit.text.split())


def specialism(concern):
    return {"concern": concern.pk, "level": "specialism", "verified_on": str(TODAY)}


@pytest.mark.guide("A specialism needs the day on which you checked it.")
def test_what_is_missing_or_said_twice_is_told_and_nothing_is_kept(admin, practice):
    repeated = {"concern": practice.grief.pk, "level": "works_with", "verified_on": ""}
    cases = {
        "at least one way to meet": profile(formats=[]),
        "at least one language": profile(languages=[]),
        "in which town": profile(formats=["in_person"]),
        "at least one client group": profile(fees=[]),
        "There is a fee for them already": profile(fees=[{"group": "couple", "fee": "60"}] * 2),
        "This concern is in the list already": profile(concerns=[repeated, repeated]),
        "This therapy is in the list already": profile(
            therapies=[{"therapy": practice.ipt.pk, "training": "full"}] * 2
        ),
        "Say when this specialism was checked": profile(concerns=[repeated | {"level": "specialism"}]),
        "not below the full fee": profile(fees=[{"group": "couple", "fee": "60", "reduced_fee": "60"}]),
        "belongs to a page of the directory": profile(slug="compare"),
        "Say until when the registration runs": profile(registrations=[REGISTRATION | {"expires_on": ""}]),
    }
    for message, data in cases.items():
        assert message in send(admin, practice, data).text, message
        assert not TherapistPage.objects.exists()


def test_the_seventh_specialism_is_refused(admin, practice):
    home_of_concerns = practice.grief.get_parent()
    concerns = [
        home_of_concerns.add_child(instance=type(practice.grief)(title=f"Concern {number}"))
        for number in range(7)
    ]
    seven = send(admin, practice, profile(concerns=[specialism(concern) for concern in concerns]))
    assert "Six specialisms are the most" in seven.text
    send(admin, practice, profile(concerns=[specialism(concern) for concern in concerns[:6]]))
    assert TherapistPage.objects.get().concerns.count() == 6


def test_a_draft_may_be_unfinished(admin, practice):
    data = profile(formats=[], languages=[], fees=[], professional_title="")
    del data["action-publish"]
    response = send(admin, practice, data)
    assert TherapistPage.objects.count() == 1, response.text


@pytest.mark.guide("Until then, and again after that day, visitors do not see the profile.")
def test_publishing_warns_that_visitors_cannot_see_an_unchecked_profile(admin, practice):
    response = send(
        admin, practice, profile(registrations=[REGISTRATION | {"verified_on": "", "expires_on": ""}])
    )
    assert "Visitors cannot see this profile yet" in response.text


def test_publishing_warns_of_a_registration_that_soon_ends(admin, practice):
    ends = str(TODAY + timedelta(days=12))
    response = send(admin, practice, profile(registrations=[REGISTRATION | {"expires_on": ends}]))
    assert "Visitors can see this profile until" in response.text


@pytest.mark.guide("The front page of the admin warns you 30 days before.")
def test_the_first_page_lists_registrations_that_lapse_or_have_lapsed(admin, practice):
    for title, days in [("Long Valid", 31), ("Soon Over", 30), ("Long Over", -1)]:
        TherapistPageFactory(
            parent=practice.directory, title=title, registration__expires_on=TODAY + timedelta(days=days)
        )
    panel = admin.get(reverse("wagtailadmin_home")).text.split("Registrations to check")[1]
    table = panel[: panel.index("</table>")]
    assert "Soon Over" in table
    assert "Long Over" in table
    assert "Long Valid" not in table


@pytest.mark.guide(
    "Ask each therapist once a fortnight, and press Confirm as of today: visitors see how old it is.",
)
def test_an_editor_confirms_a_diary_with_one_press(editor, practice):
    therapist = TherapistPageFactory(
        parent=practice.directory, diary__confirmed_on=TODAY - timedelta(days=40)
    )
    admin = Client(enforce_csrf_checks=True)
    admin.force_login(editor)
    listing = BeautifulSoup(admin.get(reverse("diaries:index")).content, "html.parser")
    assert "ask again" in listing.text
    form = listing.select_one(
        f'form[action="{reverse("diaries:confirm", args=[therapist.availability.pk])}"]'
    )
    assert admin.get(form["action"]).url == reverse("diaries:index")
    admin.post(form["action"], {field["name"]: field["value"] for field in form.select("input")})
    therapist.availability.refresh_from_db()
    assert therapist.availability.confirmed_on == TODAY
    assert "ask again" not in admin.get(reverse("diaries:index")).text


def test_only_those_who_keep_diaries_confirm_them(client, practice):
    therapist = TherapistPageFactory(parent=practice.directory)
    stranger = User.objects.create_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(stranger)
    client.post(reverse("diaries:confirm", args=[therapist.availability.pk]))
    therapist.availability.refresh_from_db()
    assert therapist.availability.confirmed_on == TODAY - timedelta(days=6)


def test_an_editor_meets_no_private_record_anywhere(reference_index, admin, practice):
    therapist = TherapistPageFactory(parent=practice.directory)
    private = TherapistPrivateFactory(therapist=therapist, offer_email="marker@example.org")
    readable = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_pages:edit", args=[therapist.pk]),
        reverse("wagtailadmin_pages:history", args=[therapist.pk]),
        reverse("wagtailadmin_pages:usage", args=[therapist.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("therapist_profiles:index"),
        reverse("diaries:index"),
        reverse("diaries:edit", args=[therapist.availability.pk]),
    ]
    for address in readable:
        response = admin.get(address, follow=True)
        assert "marker" not in response.text, address
        assert "private-records" not in response.text, address
    for view, args in [("index", []), ("add", []), ("edit", [private.pk]), ("delete", [private.pk])]:
        response = admin.get(reverse(f"private-records:{view}", args=args))
        assert response.status_code == 302, view


def test_who_holds_the_permission_keeps_private_records(client, practice):
    private = TherapistPrivateFactory(therapist=TherapistPageFactory(parent=practice.directory))
    keeper = User.objects.create_user("keeper")
    keeper.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "change_therapistprivate"])
    )
    client.force_login(keeper)
    response = client.get(reverse("private-records:edit", args=[private.pk]))
    assert "offers@example.org" in response.text


@pytest.mark.guide(
    "Profile (a page under the directory): who they are, in their words; what they help with; therapies; "
    "whom they see, and fees; how they meet.",
    "Diary (Therapists → Diaries): free times in the week, places in four weeks, time away.",
    "Private record (Therapists → Private records): where offers are sent, and until when the insurance "
    "runs.",
    "Phone numbers are taken as you paste them, and shown in one way.",
)
def test_diaries_and_private_records_ask_for_what_offers_need(client, practice):
    therapist = TherapistPageFactory(parent=practice.directory)
    private = TherapistPrivateFactory(therapist=therapist)
    manager = User.objects.create_user("pia")
    manager.groups.add(Group.objects.get(name="Profile manager"))
    client.force_login(manager)
    asked = {
        reverse("wagtailadmin_pages:edit", args=[therapist.pk]): {
            "how_i_work",
            "about_me",
            "formats",
            *(f"{rows}-TOTAL_FORMS" for rows in ("concerns", "therapies", "fees", "registrations")),
        },
        reverse("diaries:edit", args=[therapist.availability.pk]): {
            "places_per_four_weeks",
            "windows-TOTAL_FORMS",
            "absences-TOTAL_FORMS",
        },
        reverse("private-records:edit", args=[private.pk]): {
            "offer_email",
            "insurance_expires_on",
            "meeting_link",
            "phone",
        },
    }
    for address, names in asked.items():
        form = BeautifulSoup(client.get(address).content, "html.parser")
        assert names <= {field["name"] for field in form.select("[name]")}, address
    sent = {"therapist": therapist.pk, "offer_email": "anna@example.org", "phone": "+44 (0)20 7946-0000"}
    assert client.post(reverse("private-records:edit", args=[private.pk]), sent).status_code == 302
    private.refresh_from_db()
    assert private.phone == "020 7946 0000"


def test_revisions_of_a_profile_carry_no_private_record(practice):
    therapist = TherapistPageFactory(parent=practice.directory)
    TherapistPrivateFactory(therapist=therapist, offer_email="marker@example.org")
    assert "marker" not in str(therapist.save_revision().content)


def test_a_pause_that_came_while_the_diary_was_open_is_not_written_over(admin, practice):
    diary = TherapistPageFactory(parent=practice.directory).availability
    address = reverse("diaries:edit", args=[diary.pk])
    form = BeautifulSoup(admin.get(address).content, "html.parser").find("form", attrs={"method": "POST"})
    sent = {
        field["name"]: field.get("value", "")
        for field in form.select("input[name]")
        if field.get("type") != "checkbox"
    }
    sent |= {"therapist": str(diary.therapist_id), "paused_until": "", "places_per_four_weeks": "3"}
    until = TODAY + timedelta(days=30)
    diary.pause(until, PausedBy.SILENCE)

    admin.post(address, sent)

    diary.refresh_from_db()
    assert (diary.places_per_four_weeks, diary.paused_until, diary.paused_by) == (3, until, PausedBy.SILENCE)
    response = admin.post(address, sent | {"paused_until": str(TODAY + timedelta(days=3))})
    assert "was changed while you had the diary open" in response.content.decode()
    admin.post(address, sent | {"pause_when_opened": str(until)})
    diary.refresh_from_db()
    assert (diary.paused_until, diary.paused_by) == (None, PausedBy.PRACTICE)


@pytest.mark.guide(
    "Therapists → Profiles shows of each whether visitors see it, until when the registration runs, what "
    "the diary says today and when it was last confirmed; and to whoever keeps private records, until when "
    "they are insured.",
    "Press a heading to put the list in that order, or Filter to see, for instance, whose registration ends "
    "within thirty days.",
)
def test_the_list_of_profiles_says_who_is_seen_and_until_when(
    search_index, client, practice, django_assert_max_num_queries
):
    seen, lapsed = TherapistPageFactory.create_batch(2, parent=practice.directory)
    Registration.objects.filter(therapist=lapsed).update(expires_on=TODAY - timedelta(days=1))
    TherapistPrivateFactory(therapist=seen, insurance_expires_on=TODAY + timedelta(days=77))
    manager = User.objects.create_user("pia")
    manager.groups.add(Group.objects.get(name="Profile manager"))
    client.force_login(manager)
    for ordering in ("", "registered_until", "-insured_until", "is_visible", "availability__confirmed_on"):
        address = f"{reverse('therapist_profiles:index')}?ordering={ordering}"
        rows = BeautifulSoup(client.get(address).content, "html.parser").select("tbody tr")
        words = {
            row.select_one(".title").get_text(" ", strip=True): row.get_text(" ", strip=True) for row in rows
        }
        [of_seen] = [text for title, text in words.items() if seen.title in title]
        [of_lapsed] = [text for title, text in words.items() if lapsed.title in title]
        assert "Yes" in of_seen
        assert "Ended on" in of_lapsed
        assert str((TODAY + timedelta(days=77)).year) in of_seen
    assert client.get(reverse("therapist_profiles:index"), {"q": seen.title[:6]}).status_code == 200
    TherapistPageFactory.create_batch(5, parent=practice.directory)
    client.get(address)
    with django_assert_max_num_queries(45):
        client.get(address)
    manager.groups.set(Group.objects.filter(name="Content editor"))
    assert "Insured until" not in client.get(reverse("therapist_profiles:index")).text
