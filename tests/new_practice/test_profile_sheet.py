"""Profiles come in from a spreadsheet and leave as one: seen before it is written, and never published."""

import csv
import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from new_practice.founding import front_page
from tests.factories.therapists import TherapistConcernFactory, TherapistPageFactory
from therapies.models import ConcernIndexPage, ConcernPage
from therapists.models import Registration, TherapistIndexPage, TherapistPage

pytestmark = pytest.mark.django_db
ADDRESS = reverse("import_profiles")
LINK = "https://example.org/register/"


@pytest.fixture(scope="module")
def people(own_practice, django_db_blocker):
    with django_db_blocker.unblock():
        home = front_page()
        concerns = ConcernIndexPage.objects.child_of(home).get()
        grief = concerns.add_child(instance=ConcernPage(title="Grief", slug="grief", kind="feeling"))
        directory = TherapistIndexPage.objects.child_of(home).get()
        ada = TherapistPageFactory(parent=directory, title="Ada Sample", slug="ada-sample")
        ada.how_i_work = "=Slowly, and\nwith “care”; always."
        ada.about_me = "'Tis; so"
        ada.save()
        TherapistConcernFactory(
            therapist=ada, concern=grief, level="specialism", verified_on=timezone.localdate()
        )
        ada.refresh_from_db()
        ada.save_revision().publish()
        TherapistPageFactory(parent=directory, title="Ben Sample", slug="ben-sample", live=False)
        user = User.objects.create_user("pia", "pia@example.org", "secret")
        user.groups.add(Group.objects.get(name="Profile manager"))
        return user


@pytest.fixture
def manager(client, people):
    client.force_login(people)
    return client


def sent(client, content, name="profiles.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


def told(response):
    """The rows of the tables of changes or problems."""
    table = BeautifulSoup(response.content, "html.parser").select_one("main table.listing tbody")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in table.select("tr")]


def confirmed(client, response):
    field = BeautifulSoup(response.content, "html.parser").select_one("input[name=confirmed]")
    return client.post(ADDRESS, {"confirmed": field["value"]}, follow=True)


def exported(client, kind="csv"):
    response = client.get(reverse("export_profiles", args=[kind]))
    assert response["Content-Disposition"] == f'attachment; filename="profiles.{kind}"'
    return response.content


def lines_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def as_csv(*lines):
    file = io.StringIO()
    writer = csv.DictWriter(file, list(dict.fromkeys(key for line in lines for key in line)))
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue()


def as_xlsx(*lines, change=None):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    if change:
        change(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.guide(
    "Spreadsheet, in the menu beside the list's title, gives out the profiles as XLSX or CSV and takes them "
    "back: for a new practice with thirty people, or new fees for all.",
    "Pictures, diaries and private records are not in it.",
)
def test_what_was_exported_changes_nothing(manager):
    content = exported(manager)
    assert content.startswith(b"\xef\xbb\xbf")
    ada, ben = lines_of(content)
    assert (ada["slug"], ben["slug"]) == ("ada-sample", "ben-sample")
    assert ada["how_i_work"] == "'=Slowly, and\nwith “care”; always."  # no program runs it
    assert ada["specialism"] == f"grief ({timezone.localdate()})"
    of_other_records = {"offer_email", "phone", "insurance_expires_on", "portrait", "confirmed_on"}
    assert not of_other_records & set(ada)
    book = openpyxl.load_workbook(io.BytesIO(exported(manager, "xlsx")))
    assert {cell.data_type for row in book.active for cell in row} <= {"s", "n", "inlineStr"}
    for kind in ("csv", "xlsx"):
        assert "Nothing would change" in sent(manager, exported(manager, kind), f"profiles.{kind}").text
    # Semicolons, as spreadsheet programs write them in half of Europe.
    with_semicolons = io.StringIO()
    csv.writer(with_semicolons, delimiter=";").writerows(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert "Nothing would change" in sent(manager, with_semicolons.getvalue()).text
    empty = manager.get(reverse("export_profiles", args=["csv"]), {"empty": ""}).content
    assert lines_of(empty) == []


NEW = {
    "slug": "",
    "name": "Cleo Sample",
    "professional_title": "Counsellor",
    "formats": "video; phone",
    "languages": "en",
    "fee_individual": "62.50",
    "register_1": "bacp",
    "registration_number_1": "SAMPLE-NEW",
    "register_link_1": LINK,
    "checked_on_1": "01/02/2026",
    "expires_on_1": str(timezone.localdate() + timedelta(days=90)),
    "qualifications": "Diploma | Sample College | 2014",
}


@pytest.mark.guide(
    "It shows each change, or each error, with its row and column, and writes nothing until you agree; then "
    "each changed profile has a new draft to read and publish.",
    "What has no column stays as it is, and an empty cell empties its field.",
)
def test_each_change_is_shown_by_row_and_column_before_a_draft_is_made(manager, people):
    ada, _ben = lines_of(exported(manager))
    ada |= {"languages": "en; pl", "fee_individual": "70", "specialism": "", "works_with": "grief"}
    response = sent(manager, as_csv(ada, {**dict.fromkeys(ada, ""), **NEW}))
    assert told(response) == [
        ["2", "Ada Sample", "languages", "en", "en; pl"],
        ["2", "Ada Sample", "specialism", f"grief ({timezone.localdate()})", ""],
        ["2", "Ada Sample", "works_with", "", "grief"],
        ["2", "Ada Sample", "fee_individual", "60", "70"],
        ["3", "Cleo Sample", "A new profile"],
    ]
    assert not TherapistPage.objects.filter(slug="cleo-sample").exists()
    page = TherapistPage.objects.get(slug="ada-sample")
    assert not page.has_unpublished_changes

    assert "2 profiles have a new draft" in confirmed(manager, response).text

    page.refresh_from_db()
    assert (page.live, page.languages, page.fees.get().fee) == (True, ["en"], 60)
    draft = page.get_latest_revision_as_object()
    assert (draft.languages, draft.fees.get().fee) == (["en", "pl"], 70)
    assert [row.level for row in draft.concerns.all()] == ["works_with"]
    assert page.get_latest_revision().user == people
    assert PageLogEntry.objects.filter(page=page.pk, user=people).exists()
    cleo = TherapistPage.objects.get(slug="cleo-sample")
    assert not cleo.live
    newest = cleo.get_latest_revision_as_object()
    assert newest.fees.get().fee == Decimal("62.5")
    assert [row.number for row in newest.registrations.all()] == ["SAMPLE-NEW"]
    assert [(row.title, row.year) for row in newest.qualifications.all()] == [("Diploma", 2014)]
    assert "Nothing would change" in sent(manager, exported(manager)).text


@pytest.mark.guide("What has no column stays as it is, and an empty cell empties its field.")
def test_what_has_no_column_stays_and_what_changed_meanwhile_is_shown_again(manager):
    response = sent(manager, as_csv({"slug": "ben-sample", "name": "Ben Sample", "about_me": "I row."}))
    assert [row[2] for row in told(response)] == ["about_me"]
    page = TherapistPage.objects.get(slug="ben-sample")
    page.about_me = "I walk."
    page.save()
    again = confirmed(manager, response)
    assert "changed since you read this" in again.text
    assert told(again)[0][3:] == ["I walk.", "I row."]
    assert not TherapistPage.objects.get(slug="ben-sample").has_unpublished_changes
    confirmed(manager, again)
    draft = TherapistPage.objects.get(slug="ben-sample").get_latest_revision_as_object()
    assert (draft.about_me, draft.formats, draft.registrations.count()) == ("I row.", ["video"], 1)
    forged = manager.post(ADDRESS, {"confirmed": "e30:forged"}, follow=True)
    assert "Choose the file again" in forged.text


def with_macros(content):
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"anything")
    return file.getvalue()


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 9_000_000)
    return file.getvalue()


HEADINGS = ["slug", "name", "about_me"]
BAD_FILES = {
    "not in UTF-8": "slug,name\n,Zoë Sample\n".encode("latin-1"),
    "is empty": b"  \n ",
    "no profile below the headings": "slug,name\n,\n",
    "larger than 1 MB": b"slug,name\n" + b"x" * 1_000_001,
    "holds too much": bomb(),
    "301 profiles": "slug,name\n" + ",A\n" * 301,
    "1000 rows": as_xlsx(HEADINGS, change=lambda page: page.cell(1000, 1, "x")),
    "These columns are missing: slug": "name\nAda Sample\n",
    "These are none: “nickname”": "slug,name,nickname\n,A,B\n",
    "stand there twice: name": "slug,name,name\n,A,B\n",
    "holds macros": with_macros(as_xlsx(HEADINGS, ["ben-sample", "Ben Sample", "Hello"])),
    "no XLSX file that can be read": b"PK\x03\x04 and nothing else",
    "behind a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600,
    "This is no CSV file": "slug,name\n\0\0\0,A\n",
    "Choose a file": b"",
}
BAD_CELLS = {
    "about_me This is a formula": as_xlsx(HEADINGS, ["ben-sample", "Ben Sample", '=HYPERLINK("x")']),
    "name This is a formula": "slug,name\n,=1+1\n",
    "A2:A3 are merged": as_xlsx(
        HEADINGS,
        ["ben-sample", "Ben Sample"],
        ["", "Ben Other"],
        change=lambda page: page.merge_cells("A2:A3"),
    ),
    "professional_title This key is missing": "slug,name,formats,languages\n,New Sample,video,en\n",
    "slug There is no profile of this slug": "slug,name\nnobody,Nobody\n",
    "slug There is a profile of this name already": "slug,name\n,Ben Sample\n",
    "slug This profile stands in several rows": "slug,name\nben-sample,A\nben-sample,B\n",
    "formats “carrier pigeon” is none of": "slug,name,formats\nben-sample,Ben Sample,carrier pigeon\n",
    "fee_couple Here stands an amount": "slug,name,fee_couple\nben-sample,Ben Sample,sixty\n",
    "checked_on_1 Here stands a day": "slug,name,checked_on_1\nben-sample,Ben Sample,soon\n",
    "works_with No concern is named “flying”": "slug,name,works_with\nben-sample,Ben Sample,flying\n",
    "therapies After “x” stands": "slug,name,therapies\nben-sample,Ben Sample,x (a bit)\n",
    "reduced_fee_individual This is not below the full fee": (
        "slug,name,fee_individual,reduced_fee_individual\nben-sample,Ben Sample,50,50\n"
    ),
    "gender": "slug,name,gender\nben-sample,Ben Sample,robot\n",
    "about_me Ensure this value has at most 360": f"slug,name,about_me\nben-sample,Ben Sample,{'x' * 361}\n",
}


@pytest.mark.guide(
    "It shows each change, or each error, with its row and column, and writes nothing until you agree; then "
    "each changed profile has a new draft to read and publish.",
)
def test_no_bad_file_writes_anything_or_fails(manager):
    pages, revisions = TherapistPage.objects.count(), PageLogEntry.objects.count()
    for words, content in BAD_FILES.items():
        response = sent(manager, content)
        assert (response.status_code, words in response.text) == (422, True), words
    for words, content in BAD_CELLS.items():
        rows = [" ".join(row) for row in told(sent(manager, content))]
        assert any(words in row for row in rows), (words, rows)
    assert (TherapistPage.objects.count(), PageLogEntry.objects.count()) == (pages, revisions)


def test_a_registration_number_stands_once_in_the_file_and_on_the_site(manager):
    taken = Registration.objects.get(therapist__slug="ada-sample").number
    registered = {"register_1": "bacp", "register_link_1": LINK}
    other = {"slug": "ben-sample", "name": "Ben Sample", **registered}
    response = sent(manager, as_csv(other | {"registration_number_1": taken.lower()}))
    assert told(response) == [
        ["2", "registration_number_1", "This registration number is on the profile of Ada Sample."]
    ]
    cleo = NEW | {"registration_number_1": "SAMPLE-TWICE"}
    twice = told(sent(manager, as_csv(other | {"registration_number_1": "sample-twice"}, cleo)))
    assert [row[:2] for row in twice] == [["2", "registration_number_1"], ["3", "registration_number_1"]]


@pytest.mark.guide(
    "Spreadsheet, in the menu beside the list's title, gives out the profiles as XLSX or CSV and takes them "
    "back: for a new practice with thirty people, or new fees for all.",
)
def test_only_whoever_keeps_profiles_comes_in_and_no_profile_that_is_handed_in(client, manager, people):
    page = TherapistPage.objects.get(slug="ben-sample")
    page.locked = True
    page.save()
    response = sent(manager, "slug,name,about_me\nben-sample,Ben Sample,Hello\n")
    assert "locked or was handed in" in told(response)[0][2]
    assert reverse("import_profiles") in manager.get(reverse("therapist_profiles:index")).text
    people.groups.set(Group.objects.filter(name="Matching team"))
    for address in (ADDRESS, reverse("export_profiles", args=["csv"])):
        assert client.get(address).status_code == 302
    assert reverse("import_profiles") not in client.get(reverse("therapist_profiles:index")).text
