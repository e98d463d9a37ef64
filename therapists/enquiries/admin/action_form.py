"""What the actions of the Matching team share."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models import Enquiry


class ActionForm(forms.Form):
    name: ClassVar[str]
    heading: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    done: ClassVar[str | Promise] = _("Done.")

    def __init__(self, enquiry: Enquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = self.name
        self.enquiry = enquiry

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return True

    def perform(self, by: User) -> None:
        raise NotImplementedError
