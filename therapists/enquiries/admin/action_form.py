"""What the actions of the Matching team share."""

from enum import Enum
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.contrib.messages import constants as levels
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models import Enquiry


class ActionPlace(Enum):
    """Where an action stands on the page of an enquiry: what cannot be undone comes last."""

    ASK = "ask"
    REST = "rest"
    LAST = "last"


class ActionForm(forms.Form):
    name: ClassVar[str]
    heading: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    part: ClassVar[ActionPlace] = ActionPlace.REST
    #: What is said after it: an action that turned out otherwise than one may think sets both.
    done: str | Promise = _("Done.")
    level: int = levels.SUCCESS

    def __init__(self, enquiry: Enquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = self.name
        self.enquiry = enquiry

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return True

    def perform(self, by: User) -> None:
        raise NotImplementedError
