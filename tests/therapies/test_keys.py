"""Keys of records that editors write: made of their words, each once, and the same from then on."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import Model, SlugField
from django.test import Client
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from therapies.models import ComparisonDimension, Reference
from therapies.models.keys import KeyedRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    person = User.objects.create_user("moderator", "moderator@example.org", "password")
    person.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(person)
    return client


def send(editor: Client, model: type[Model], pk: int | None = None, **words: Any) -> None:
    """Send the form of a new record, or of one that is there."""
    view = f"{model.snippet_viewset.url_namespace}:{'edit' if pk else 'add'}"  # type: ignore[attr-defined]
    answer = editor.post(reverse(view, args=[pk] if pk else []), words)
    assert answer.status_code == 302, answer.context["form"].errors


def source(citation: str, **more: Any) -> dict[str, Any]:
    return {"kind": "trial", "citation": citation, "year": 2020, "key": ""} | more


@pytest.mark.guide("Leave the key of a source empty: it is made of who is named first, and the year.")
def test_a_key_follows_the_words_of_a_draft_and_stays_once_it_is_public(editor: Client) -> None:
    send(editor, Reference, **source("Fon"))
    stored = Reference.objects.get()
    assert stored.key == "fon-2020"
    publish = {"action-publish": "yes"}
    send(editor, Reference, stored.pk, **source("Fonagy P, Lemma A. A trial of something.", **publish))
    stored.refresh_from_db()
    assert stored.key == "fonagy-p-2020"
    send(editor, Reference, stored.pk, **source("Lemma A. A trial of something.", **publish))
    stored.refresh_from_db()
    assert (stored.citation, stored.key) == ("Lemma A. A trial of something.", "fonagy-p-2020")


def test_a_key_that_is_typed_stands(editor: Client) -> None:
    send(editor, Reference, **source("Fonagy P. A trial.", key="dit-trial"))
    assert Reference.objects.get().key == "dit-trial"


def test_each_key_stands_once_and_can_be_read(editor: Client) -> None:
    for citation in ("Nía Ó. One.", "Nía Ó. Another.", "Nía Ó. A third.", "…", "A" * 60):
        send(editor, Reference, **source(citation, year=""))
    keys = set(Reference.objects.values_list("key", flat=True))
    assert keys == {"nia-o", "nia-o-2", "nia-o-3", "source", "a" * 40}
    dimension = {"question": "How long is it?", "value_type": "text", "sort_order": 1, "key": ""}
    send(editor, ComparisonDimension, label="Time it takes", **dimension)
    assert ComparisonDimension.objects.get().key == "time-it-takes"


def test_no_record_has_a_key_that_must_be_typed() -> None:
    typed = [
        model
        for model in get_snippet_models()
        if any(isinstance(field, SlugField) for field in model._meta.fields)
    ]
    assert typed and all(issubclass(model, KeyedRecord) for model in typed)
