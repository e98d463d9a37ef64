"""Hooks through which other apps add to the admin pages of enquiries, which know none of them."""

from typing import Protocol

from wagtail import hooks
from wagtail.admin.menu import Menu

from therapists.enquiries.admin.action_form import ActionForm
from therapists.enquiries.models import Enquiry

#: The links above the inbox. Who may see the inbox may see them all.
enquiries_menu = Menu(register_hook_name="register_enquiries_menu_item")


class EnquiryPanel(Protocol):
    """A part of the page of one enquiry. The template finds it as `panel`, beside `enquiry` and `may_act`."""

    template_name: str


def enquiry_panels(enquiry: Enquiry) -> list[EnquiryPanel]:
    return [make(enquiry) for make in hooks.get_hooks("construct_enquiry_panel")]


def extra_actions() -> dict[str, type[ActionForm]]:
    """Return what other apps let the team do, by name. A panel of theirs shows the button."""
    forms: list[type[ActionForm]] = [register() for register in hooks.get_hooks("register_enquiry_action")]
    return {form.name: form for form in forms}
