import json
import re

import pytest
from django.test import RequestFactory
from wagtail.models import PageViewRestriction, Site

from core.link_resolver import Link
from home.models import CrisisHelp, Navigation
from home.navigation import HELP_ON_THIS_PAGE, HeaderShows, navigation_for
from tests.factories.home import InfoPageFactory, make_site

pytestmark = pytest.mark.django_db


def link(page):
    return {"type": "link", "value": {"page": page.pk, "address": "", "label": ""}}


def set_navigation(header=(), footer=()):
    group = {"heading": "About us", "links": [one["value"] for one in footer]}
    Navigation.objects.update_or_create(
        site=Site.objects.get(),
        defaults={
            "header": json.dumps(list(header)),
            "footer": json.dumps([{"type": "group", "value": group}] if group["links"] else []),
        },
    )


def request(path="/"):
    return RequestFactory().get(path, SERVER_NAME="testserver")


@pytest.mark.guide(
    "Navigation: the links at the top and at the foot.",
    "A link to a page that is not live is not shown.",
)
def test_links_to_pages_that_not_everyone_may_read_are_left_out():
    home = make_site()
    fees, draft, private = (
        InfoPageFactory(parent=home, title=title) for title in ("Fees", "Draft", "Private")
    )
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    set_navigation(header=map(link, (fees, draft, private)), footer=[link(fees), link(draft)])

    navigation = navigation_for(request())

    assert [one.text for one in navigation.header] == ["Fees"]
    assert [one.url for one in navigation.footer[0].links] == [fees.url]


def test_the_link_to_where_the_reader_is_says_so():
    home = make_site()
    about = InfoPageFactory(parent=home, title="About", slug="about")
    team = InfoPageFactory(parent=about, title="Team", slug="team")
    set_navigation(header=[link(home), link(about)])

    assert [one.is_current for one in navigation_for(request(team.url)).header] == [False, True]


def test_each_page_is_given_the_header_with_its_own_link_and_a_change_is_in_the_next(client, epoch):
    home = make_site()
    about, fees = (
        InfoPageFactory(parent=home, title=title, slug=title.lower()) for title in ("About", "Fees")
    )
    set_navigation(header=[link(about), link(fees)], footer=[link(fees)])

    def current(page):
        html = client.get(page.url).content.decode()
        return re.findall(r'aria-current="true">(\w+)<', html), html.count("Prices")

    assert [current(page) for page in (about, fees, about)] == [(["About"], 0), (["Fees"], 0), (["About"], 0)]

    fees.title = "Prices"
    fees.save_revision().publish()
    epoch.number += 1
    found, in_header_and_footer = current(about)
    assert found == ["About"]
    assert in_header_and_footer == 2


def test_more_links_cost_no_more_queries(django_assert_max_num_queries):
    home = make_site()
    CrisisHelp.objects.create(site=Site.objects.get())
    pages = [InfoPageFactory(parent=home) for _ in range(6)]

    def queries(count):
        set_navigation(header=map(link, pages[:count]), footer=map(link, pages[:count]))
        Site.clear_site_root_paths_cache()
        with django_assert_max_num_queries(8) as spent:
            navigation_for(request())

        return len(spent)

    assert queries(6) == queries(1)


def test_help_leads_to_the_editors_page_and_without_one_to_the_foot_of_this_page():
    home = make_site()
    help_page = InfoPageFactory(parent=home, slug="urgent-help")
    crisis = CrisisHelp.objects.create(site=Site.objects.get())

    assert navigation_for(request()).help_url == HELP_ON_THIS_PAGE

    crisis.page = help_page
    crisis.save()
    assert navigation_for(request()).help_url == "/urgent-help/"

    help_page.unpublish()
    assert navigation_for(request()).help_url == HELP_ON_THIS_PAGE


def test_the_header_leads_to_the_first_step_but_not_from_the_form_nor_from_the_page_of_help():
    home = make_site()
    form, help_page = InfoPageFactory(parent=home, slug="form"), InfoPageFactory(parent=home, slug="help")
    home.first_step_page = form
    home.save_revision().publish()
    CrisisHelp.objects.create(site=Site.objects.get(), page=help_page)

    assert navigation_for(request()).first_step == Link(form.url, home.first_step_label)
    shown = {
        path: navigation_for(request(path)).header_shows for path in ("/", "/form/", "/form/2/", "/help/")
    }
    assert shown == {
        "/": HeaderShows.ALL,
        "/form/": HeaderShows.NAME_AND_HELP,
        "/form/2/": HeaderShows.NAME_AND_HELP,
        "/help/": HeaderShows.NAME_AND_MENU,
    }

    form.unpublish()
    assert navigation_for(request("/form/")).first_step is None
