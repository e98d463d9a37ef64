"""Choices that are all in sight."""

from django import forms

from core.admin.choices import EachChoice


class Form(forms.Form):
    kind = forms.ChoiceField(
        choices=[("", "Choose"), ("book", "Book"), ("trial", "Trial")], widget=EachChoice
    )


def test_there_is_a_button_for_each_choice_and_none_for_no_choice() -> None:
    buttons = Form(initial={"kind": "trial"})["kind"].subwidgets
    assert [(one.choice_label, one.data["selected"]) for one in buttons] == [("Book", False), ("Trial", True)]
    assert not Form({"kind": ""}).is_valid()
