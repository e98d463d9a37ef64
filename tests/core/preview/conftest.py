"""An editor who previews pages in a front end at another address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from tests.api.contract import Contract
from tests.factories.home import make_site

FRONT_END = "https://app.example"
MODE = {"mode": "front-end"}


@pytest.fixture(autouse=True)
def front_end(settings):
    settings.HEADLESS_PREVIEW_URLS = [f"{FRONT_END}/preview#"]


@pytest.fixture
def home(db):
    return make_site()


@pytest.fixture
def editor(home):
    """May add and change pages, and publish none."""
    may_change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    editors = Group.objects.get(name="Content editor")
    GroupPagePermission.objects.create(group=editors, page=home, permission=may_change)
    editor = User.objects.create_user("editor", password="editor")
    editor.groups.add(editors)
    return editor


@pytest.fixture
def desk(editor):
    """The editor's browser."""
    desk = Client()
    desk.force_login(editor)
    return desk


def opened(response):
    """The parameters with which a front end was opened."""
    assert response.status_code == 302, response.content
    address = urlsplit(response["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{FRONT_END}/preview"
    return {name: value for name, [value] in parse_qs(address.fragment or address.query).items()}


def panel_of(page):
    return reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])


def panel_of_new(model, parent):
    where = [model._meta.app_label, model._meta.model_name, parent.pk]
    return reverse("wagtailadmin_pages:preview_on_add", args=where)


def type_in(desk, panel, form):
    """What the panel does as the editor types: send the form, then ask for the preview."""
    assert desk.post(panel, form).json()["is_valid"]
    return opened(desk.get(panel, MODE | {"in_preview_panel": "true"}))


def latest_draft(desk, page):
    return opened(desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), MODE))


def without_edit_urls(answer):
    """What a draft's answer has in common with the published one."""
    match answer:
        case dict():
            return {
                name: without_edit_urls(value)
                for name, value in answer.items()
                if name not in ("edit_url", "edit_urls")
            }
        case list():
            return [without_edit_urls(value) for value in answer]
    return answer


@pytest.fixture(scope="session")
def contract():
    return Contract()


@pytest.fixture
def read(client, contract):
    """What a front end reads with what it was opened with. Each answer is held to its description."""

    def get(parameters, status=200):
        known = {name: parameters[name] for name in ("content_type", "token") if name in parameters}
        response = client.get("/api/v2/page_preview/", known)
        assert response.status_code == status, response.content
        assert contract.faults("/api/v2/page_preview/", response) == []
        return response.json()

    return get
