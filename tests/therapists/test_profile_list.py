"""The list of profiles in the admin: what it narrows to, and what is done with many at once."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.factories.therapists import TherapistPageFactory, TherapistPrivateFactory
from therapists.enums import PausedBy
from therapists.models import Availability, Registration

TODAY = timezone.localdate()
LIST = reverse("therapist_profiles:index")


def person(name: str, role: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "secret")
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def manager(client, practice):
    user = person("pia", "Profile manager")
    client.force_login(user)
    return user


@pytest.fixture
def people(practice):
    """Aart is well; Bea's registration and insurance end soon; Cem's ended; Dot was never checked."""
    names = ("Aart Sample", "Bea Sample", "Cem Sample", "Dot Sample")
    aart, bea, cem, dot = (TherapistPageFactory(parent=practice.directory, title=name) for name in names)
    for page, days in ((bea, 12), (cem, -1)):
        day = TODAY + timedelta(days=days)
        Registration.objects.filter(therapist=page).update(expires_on=day)
        TherapistPrivateFactory(therapist=page, insurance_expires_on=day)
    TherapistPrivateFactory(therapist=aart, insurance_expires_on=TODAY + timedelta(days=200))
    Registration.objects.filter(therapist=dot).update(verified_on=None, expires_on=None)
    bea.availability.pause(TODAY + timedelta(days=5), PausedBy.THERAPIST)
    Availability.objects.filter(therapist=cem).update(confirmed_on=TODAY - timedelta(days=40))
    dot.availability.delete()
    return {"Aart": aart, "Bea": bea, "Cem": cem, "Dot": dot}


def names_in_order(response):
    rows = BeautifulSoup(response.content, "html.parser").select("main tbody tr td.title")
    return [row.get_text(" ", strip=True).split()[0] for row in rows]


def names_in(response):
    return set(names_in_order(response))


NARROWED = {
    "": {"Aart", "Bea", "Cem", "Dot"},
    "registration=runs": {"Aart", "Bea"},
    "registration=ending": {"Bea"},
    "registration=ended": {"Cem"},
    "registration=unknown": {"Dot"},
    "visible=yes": {"Aart", "Bea"},
    "visible=no": {"Cem", "Dot"},
    "diary=open": {"Aart", "Cem"},
    "diary=paused": {"Bea"},
    "diary=none": {"Dot"},
    "confirmed=lately": {"Aart", "Bea"},
    "confirmed=long_ago": {"Cem"},
    "confirmed=never": {"Dot"},
    "insurance=runs": {"Aart", "Bea"},
    "insurance=ending": {"Bea"},
    "insurance=ended": {"Cem"},
    "insurance=unknown": {"Dot"},
    "visible=yes&diary=open": {"Aart"},
    "q=Sample&visible=no&diary=open": {"Cem"},
    "q=Bea&ordering=registered_until": {"Bea"},
}


@pytest.mark.guide(
    "Press a heading to put the list in that order, or Filter to see, for instance, whose registration ends "
    "within thirty days.",
)
def test_the_list_is_narrowed_to_what_is_asked_of_each_profile(search_index, client, manager, people):
    for query, wanted in NARROWED.items():
        assert names_in(client.get(f"{LIST}?{query}")) == wanted, query
    by_registration = f"{LIST}?visible=yes&ordering="
    assert names_in_order(client.get(f"{by_registration}registered_until")) == ["Bea", "Aart"]
    assert names_in_order(client.get(f"{by_registration}-registered_until")) == ["Aart", "Bea"]
    manager.groups.set(Group.objects.filter(name="Administrator"))
    assert names_in(client.get(f"{LIST}?insurance=ended")) == NARROWED[""]
    assert "insurance" not in client.get(LIST).text.lower()


def bulk(action):
    return reverse("wagtail_bulk_action", args=["therapists", "therapistpage", action])


@pytest.mark.guide(
    "Tick several, and Confirm diaries or Pause new clients until … holds for all of them: you see who they "
    "are before it is done, and the history of each diary keeps who did it.",
)
def test_new_clients_are_paused_for_many_and_the_public_sees_it(client, manager, people):
    page = client.get(LIST).text
    assert bulk("pause_clients") in page
    assert bulk("confirm_diaries") in page
    asked = f"{bulk('pause_clients')}?visible=yes&id=all&next={LIST}"
    confirmation = client.get(asked).text
    assert "Aart Sample" in confirmation
    assert "Cem Sample" not in confirmation  # “all in the list” is what the filters left
    too_late = client.post(asked, {"until": str(TODAY)})
    assert "still to come" in too_late.text
    assert not Availability.objects.filter(paused_by=PausedBy.PRACTICE).exclude(paused_until=None).exists()

    until = TODAY + timedelta(days=30)
    assert until.strftime("until %-d %B") not in client.get(people["Aart"].url).text
    assert client.post(asked, {"until": str(until)}).url == LIST

    paused = Availability.objects.filter(paused_until=until, paused_by=PausedBy.PRACTICE)
    assert {str(diary).split()[0] for diary in paused} == {"Aart", "Bea"}
    assert until.strftime("until %-d %B") in client.get(people["Aart"].url).text
    entries = ModelLogEntry.objects.filter(action="therapists.pause_diary", user=manager)
    assert {entry.data["until"] for entry in entries} == {until.isoformat()}
    assert entries.count() == 2


@pytest.mark.guide(
    "Tick several, and Confirm diaries or Pause new clients until … holds for all of them: you see who they "
    "are before it is done, and the history of each diary keeps who did it.",
)
def test_diaries_are_confirmed_for_many_by_whoever_keeps_them(client, manager, people):
    chosen = "&".join(f"id={people[name].pk}" for name in ("Cem", "Dot"))
    asked = f"{bulk('confirm_diaries')}?{chosen}"
    assert "there is none" in client.get(asked).text  # Dot has no diary
    client.post(asked)
    assert Availability.objects.get(therapist=people["Cem"]).confirmed_on == TODAY
    assert ModelLogEntry.objects.get(action="therapists.confirm_diary").user == manager

    Availability.objects.update(confirmed_on=None)
    until = TODAY + timedelta(days=9)
    client.force_login(person("mat", "Matching team"))
    for action, data in (("confirm_diaries", {}), ("pause_clients", {"until": str(until)})):
        client.post(f"{bulk(action)}?id={people['Aart'].pk}", data)
    untouched = Availability.objects.get(therapist=people["Aart"])
    assert (untouched.confirmed_on, untouched.paused_until) == (None, None)
