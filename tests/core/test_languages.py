"""A site in two languages, as its readers meet it."""

import re
from datetime import date

import pytest
from django.core.exceptions import MiddlewareNotUsed, ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from core.middleware.path_language import PathLanguageMiddleware
from home.models import CrisisHelp, Navigation
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.matching import MatchingPageFactory
from tests.factories.therapies import (
    ComparisonPageFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory
from therapies.facts_and_words import contradictions_on
from therapists.matching.form.steps import FormChoices
from therapists.matching.inputs.candidates import load_candidates


def html(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_each_language_has_its_addresses(client, two):
    assert (two.fees.url, two.ffioedd.url) == ("/fees/", "/cy/ffioedd/")
    assert '<html lang="en-gb"' in html(client, "/fees/")
    assert '<html lang="cy"' in html(client, "/cy/ffioedd/")
    for address in ("/ffioedd/", "/cy/fees/", "/en-gb/fees/", "/fr/fees/", "/CY/ffioedd/"):
        html(client, address, 404)


@pytest.mark.guide("Begin with the front page.")
def test_a_language_begins_with_its_front_page(client, welsh):
    home = make_site()
    InfoPageFactory(parent=home, slug="fees")
    home.copy_for_translation(welsh)

    for address in ("/cy/", "/cy/fees/"):
        html(client, address, 404)


def test_an_address_says_the_same_to_everyone(client, two):
    for address in ("/fees/", "/cy/ffioedd/", "/api/v2/pages/"):
        response = client.get(address, headers={"accept-language": "cy, fr"})
        assert response.content == client.get(address, headers={"accept-language": "en"}).content
        assert "Accept-Language" not in response.get("Vary", "")


def test_each_page_names_its_versions_and_leads_to_them(client, two):
    for address in ("/fees/", "/cy/ffioedd/"):
        found = re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html(client, address))
        assert dict(found) == {"en-gb": "http://testserver/fees/", "cy": "http://testserver/cy/ffioedd/"}
    assert '<a href="/cy/ffioedd/" hreflang="cy" lang="cy">Cymraeg</a>' in html(client, "/fees/")
    assert 'lang="en-gb">British English</a>' in html(client, "/cy/ffioedd/")


def test_the_way_around_stays_in_the_language(client, two):
    site = Site.objects.get()
    Navigation.objects.create(site=site, header=[("link", {"page": two.fees, "label": ""})])
    CrisisHelp.objects.create(site=site, page=two.fees)

    text = html(client, "/cy/ffioedd/")

    assert re.search(r'<a href="/cy/ffioedd/"[^>]*>Ffioedd</a>', text)
    assert '<a class="get-help" href="/cy/ffioedd/"' in html(client, "/cy/")
    assert 'class="site-header__brand" href="/cy/"' in text
    assert 'class="site-header__brand" href="/"' in html(client, "/fees/")


def test_a_search_finds_pages_of_its_language(search_index, client, two):
    english, other = (html(client, f"{home}search/?query=fees+ffioedd") for home in ("/", "/cy/"))

    assert 'href="/fees/"' in english
    assert 'href="/cy/ffioedd/"' not in english
    assert 'href="/cy/ffioedd/"' in other
    assert 'action="/cy/search/"' in other


def test_the_matching_knows_each_record_once_and_names_it_in_the_language(two):
    concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=two.home), title="Grief")
    therapist = TherapistPageFactory(parent=TherapistIndexPageFactory(parent=two.home))
    two.in_welsh(concern, title="Galar")
    two.in_welsh(therapist)

    assert FormChoices.today().concerns == [(str(concern.pk), "Grief")]
    with translation.override("cy"):
        assert FormChoices.today().concerns == [(str(concern.pk), "Galar")]
        [candidate] = load_candidates(date(2026, 11, 2), {})
    assert candidate.therapist_id == therapist.pk


def test_the_directory_offers_what_its_language_has(client, two):
    concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=two.home), title="Grief")
    directory = TherapistIndexPageFactory(parent=two.home)
    two.in_welsh(concern, title="Galar")
    version = two.in_welsh(directory)

    for page, offered, not_offered in [(directory, "Grief", "Galar"), (version, "Galar", "Grief")]:
        text = html(client, page.url)
        assert offered in text
        assert not_offered not in text


def test_the_feed_names_its_language(client, two):
    therapy = TherapyPageFactory(parent=TherapyIndexPageFactory(parent=two.home), title="Talking")
    therapy.save_revision().publish()
    two.in_welsh(therapy, title="Siarad")

    for address, told, untold in [("/feed/", "Talking", "Siarad"), ("/cy/feed/", "Siarad", "Talking")]:
        feed = html(client, address)
        assert told in feed
        assert untold not in feed


def test_search_engines_are_told_of_every_language(client, two):
    draft = InfoPageFactory(parent=two.fees, slug="draft", live=False)

    sitemap = html(client, "/sitemap.xml")

    assert "<loc>http://testserver/fees/</loc>" in sitemap
    assert "<loc>http://testserver/cy/ffioedd/</loc>" in sitemap
    assert draft.slug not in sitemap
    assert "Disallow: /search/\nDisallow: /cy/search/\n" in html(client, "/robots.txt")


def test_a_renamed_page_is_found_at_its_old_address(client, two, django_capture_on_commit_callbacks):
    two.ffioedd.slug = "prisiau"
    with django_capture_on_commit_callbacks(execute=True):
        two.ffioedd.save_revision().publish()

    assert client.get("/cy/ffioedd/")["Location"] == "/cy/prisiau/"


class TestOneLanguage:
    def test_no_middleware_is_used(self, settings):
        assert settings.WAGTAIL_I18N_ENABLED is False
        with pytest.raises(MiddlewareNotUsed):
            PathLanguageMiddleware(lambda request: None)

    def test_nothing_is_said_of_languages(self, client, db):
        make_site()
        response = client.get("/")

        assert "hreflang" not in response.content.decode()


@pytest.mark.guide("The translation is a page of its own, and shows once it is published.")
def test_a_translation_is_a_page_of_its_own_and_shows_once_it_is_published(client, two):
    about = InfoPageFactory(parent=two.home, title="About us", slug="about")
    draft = about.copy_for_translation(two.welsh)
    draft.title = "Amdanom ni"
    revision = draft.save_revision()
    html(client, "/cy/about/", 404)
    revision.publish()
    assert "Amdanom ni" in html(client, "/cy/about/")
    assert "About us" in html(client, "/about/")


def test_every_type_of_page_can_be_translated_and_both_versions_edited(admin_client, two):
    """As “Translate” makes it. The editor of each leads to the other."""
    therapies = TherapyIndexPageFactory(parent=two.home)
    ipt, dit = (TherapyPageFactory(parent=therapies, other_names=[name]) for name in ("Talking", "Thinking"))
    concerns = ConcernIndexPageFactory(parent=two.home)
    directory = TherapistIndexPageFactory(parent=two.home)
    pages = [
        *(therapies, ipt, dit, ComparisonPageFactory(parent=therapies, first=ipt, second=dit)),
        *(concerns, ConcernPageFactory(parent=concerns)),
        *(directory, TherapistPageFactory(parent=directory)),
        MatchingPageFactory(parent=two.home),
    ]
    for page in pages:
        version = page.copy_for_translation(two.welsh)
        version.save_revision().publish()
        assert contradictions_on(version) == []
        for edited in (page, version):
            html(admin_client, reverse("wagtailadmin_pages:edit", args=[edited.pk]))
        assert version.url.startswith("/cy/")
        html(admin_client, version.url)


@pytest.mark.guide("Translate therapies before their comparison: it compares those of its own language.")
def test_a_comparison_waits_for_the_translation_of_its_therapies(two):
    therapies = TherapyIndexPageFactory(parent=two.home)
    ipt, dit = TherapyPageFactory.create_batch(2, parent=therapies)
    two.in_welsh(ipt)
    comparison = ComparisonPageFactory(parent=therapies, first=ipt, second=dit)
    version = comparison.copy_for_translation(two.welsh)
    with pytest.raises(ValidationError, match="is in another language"):
        version.save_revision().publish()
    version.second = two.in_welsh(dit)
    version.save_revision().publish()
    assert version.first.locale == version.second.locale == two.welsh
