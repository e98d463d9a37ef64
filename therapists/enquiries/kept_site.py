"""The default site is kept while there are enquiries: it holds the settings that they depend on."""

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from wagtail.models import Site

from therapists.enquiries.models import Enquiry


def keep_default_site() -> None:
    pre_delete.connect(_refuse, sender=Site)


def _refuse(instance: Site, **kwargs: Any) -> None:
    if instance.is_default_site and Enquiry.objects.exists():
        raise ProtectedError("Enquiries need the default site.", {instance})
