"""A source that never was public becomes so with the first therapy that cites it."""

import pytest

from tests.factories.home import make_site
from tests.factories.therapies import (
    DimensionValueFactory,
    ReferenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from therapies.models import Reference, TherapyPage


@pytest.mark.guide(
    "A source that never was public is published with the first therapy that cites it; one that was taken "
    "down stays down.",
)
@pytest.mark.django_db
def test_new_sources_are_published_with_their_therapy_and_one_that_was_taken_down_is_not() -> None:
    therapy = TherapyPageFactory(parent=TherapyIndexPageFactory(parent=make_site()))
    new, down = (ReferenceFactory(live=False) for _ in range(2))
    new.save_revision()
    down.save_revision().publish()
    down.refresh_from_db()
    down.unpublish()
    value = DimensionValueFactory(therapy=therapy)
    value.references.add(new, down)
    value.save()
    TherapyPage.objects.get(pk=therapy.pk).save_revision().publish()
    assert Reference.objects.get(pk=new.pk).live
    assert not Reference.objects.get(pk=down.pk).live
