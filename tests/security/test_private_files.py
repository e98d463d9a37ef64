"""Pictures and documents of private collections are shown on no page, and their editors are told."""

import pytest
from django.template import Context, Template
from wagtail.models import Collection, CollectionViewRestriction, Site

from core.admin.content_checks import failed_checks
from core.caching.content_memory import answering
from home.models import PracticeSettings
from tests.content_checker import checker_in, failed_in
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site
from tests.factories.secrets import FILE_MARKER, DocumentFactory
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory
from therapists.models import TherapistPage

pytestmark = pytest.mark.django_db

CAPTION = "Where we meet on Mondays"


@pytest.fixture
def home():
    return make_site()


@pytest.fixture(params=["login", "password", "groups"])
def hidden(request, home):
    collection = Collection.get_first_root_node().add_child(name="Private")
    below = collection.add_child(name="Below")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=request.param, password="open sesame"
    )
    return {
        "image": PracticeImageFactory(collection=below, file__filename=f"{FILE_MARKER}.jpg"),
        "document": DocumentFactory(collection=below, file__filename=f"{FILE_MARKER}.pdf"),
    }


def page_with(home, image=None, document=None, **fields):
    body = [("paragraph", "<p>Open words</p>")]
    if image:
        body.append(("figure", {"image": image, "caption": CAPTION}))
    if document:
        link = f'<a linktype="document" id="{document.pk}">the words of the link</a>'
        body.append(("paragraph", f"<p>{link}</p>"))
    return InfoPageFactory(parent=home, slug="fees", body=body, **fields)


@pytest.mark.guide(
    "A picture of a private collection is shown on no page, nor its caption, and a link to a private "
    "document keeps its words only: Checks says so.",
)
@pytest.mark.parametrize("reader", ["a visitor", "an editor"])
def test_no_page_shows_them(client, admin_user, search_index, home, hidden, reader):
    """To no one: pages are cached, and pictures are served to whoever has their address."""
    page_with(home, **hidden, social_image=hidden["image"])
    PracticeSettings.objects.update(share_image=hidden["image"])
    index = TherapistIndexPageFactory(parent=home)
    TherapistPageFactory(parent=index, slug="anna", portrait=hidden["image"])
    if reader == "an editor":
        client.force_login(admin_user)
    for address in ("/fees/", "/therapists/", "/therapists/anna/", "/search/?query=mondays"):
        html = client.get(address).content.decode()
        assert FILE_MARKER not in html, address
        assert "og:image" not in html
        assert CAPTION not in html
        assert f"/documents/{hidden['document'].pk}/" not in html
    assert "the words of the link" in client.get("/fees/").content.decode()
    for address in ("pages/?fields=*", "therapists/", "search/?query=mondays"):
        answer = client.get(f"/api/v2/{address}").content.decode()
        assert FILE_MARKER not in answer
        assert CAPTION not in answer


def test_what_is_public_is_shown(client, home):
    page_with(home, PracticeImageFactory(), DocumentFactory())
    html = client.get("/fees/").content.decode()
    assert "<figure" in html
    assert CAPTION in html
    assert "/documents/" in html


def test_a_caption_goes_with_its_picture(client, home):
    image = PracticeImageFactory()
    page = page_with(home, image)
    address = f"/api/v2/pages/{page.pk}/"
    assert client.get(address).json()["body"][1]["value"]["caption"] == CAPTION

    image.delete()
    assert client.get(address).json()["body"][1]["value"] == {"image": None, "caption": ""}
    html = client.get("/fees/").content.decode()
    assert "<figure" not in html
    assert CAPTION not in html


@pytest.mark.guide(
    "A picture of a private collection is shown on no page, nor its caption, and a link to a private "
    "document keeps its words only: Checks says so.",
)
@pytest.mark.parametrize(
    "uses",
    [
        lambda files: {"image": files["image"]},
        lambda files: {"document": files["document"]},
        lambda files: {"social_image": files["image"]},
    ],
    ids=["figure", "document", "picture for sharing"],
)
def test_the_editor_is_told(client, admin_user, home, hidden, uses):
    page = page_with(home, **uses(hidden))
    assert "private-files" in failed_checks(page)
    client.force_login(admin_user)
    assert "private-files" in failed_in(checker_in(client.get("/fees/").content.decode()))


def test_the_editor_of_a_profile_is_told(home, hidden):
    therapist = TherapistPageFactory(parent=TherapistIndexPageFactory(parent=home), portrait=hidden["image"])
    assert "private-files" in failed_checks(therapist)


def test_the_settings_of_the_practice_take_no_private_picture(client, admin_user, home, hidden):
    client.force_login(admin_user)
    address = f"/admin/settings/home/practicesettings/{Site.objects.get().pk}/"
    form = {"practice_name": "The practice", "share_image": hidden["image"].pk}
    assert "This picture is private" in client.post(address, form).content.decode()


def test_there_is_no_false_alarm(home):
    assert "private-files" not in failed_checks(page_with(home, PracticeImageFactory(), DocumentFactory()))


def test_a_list_of_therapists_asks_for_collections_once(home, django_assert_num_queries):
    index = TherapistIndexPageFactory(parent=home)
    for number in range(3):
        TherapistPageFactory(parent=index, slug=f"t{number}", portrait=PracticeImageFactory())
    therapists = list(TherapistPage.objects.ready_for_cards())
    template = Template('{% load rendition_tags %}{% picture_as image "portrait_card" %}')
    for therapist in therapists:
        template.render(Context({"image": therapist.portrait}))
    therapists = list(TherapistPage.objects.ready_for_cards())
    with answering(), django_assert_num_queries(1):  # which collections are private
        for therapist in therapists:
            assert "<picture" in template.render(Context({"image": therapist.portrait}))
