"""Every question of the matching form: its label and its help text. Editors may change both."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FormQuestion(TextChoices):
    """The values are the names of the form fields."""

    ADULT = "adult", _("Are you 18 or over?")
    NEEDS_HELP_TODAY = "needs_help_today", _("Do you need help today to stay safe?")
    MAIN_CONCERN = "main_concern", _("What is the main thing that brings you here?")
    OTHER_CONCERNS = "other_concerns", _("Is there anything else?")
    APPROACHES = "approaches", _("Would you like a particular kind of therapy?")
    GENDERS = "genders", _("Would you rather see a woman, a man, or someone non-binary?")
    GENDER_IS_ESSENTIAL = "gender_is_essential", _("This is essential to me")
    LANGUAGE = "language", _("Would you like to talk in a language other than English?")
    LANGUAGE_IS_ESSENTIAL = "language_is_essential", _("I can only talk in this language")
    FORMATS = "formats", _("How could you meet?")
    SLOTS = "slots", _("When are you usually free?")
    TIME_ZONE = "time_zone", _("Which time zone are these times in?")
    ONLY_THESE_SLOTS = "only_these_slots", _("I can only do these times")
    START_WITHIN = "start_within", _("How soon would you like to begin?")
    CLIENT_GROUP = "client_group", _("Who is it for?")
    BUDGET = "budget", _("About how much could you pay for one session, in pounds?")
    BUDGET_IS_FIRM = "budget_is_firm", _("I cannot pay more than this")
    WANTS_REDUCED_FEE = "wants_reduced_fee", _("I would like to ask for a reduced fee")
    MATTERS_MOST = "matters_most", _("If not everything is possible, what matters most?")
    CHOICE = "choice", _("Who would you like to ask?")
    NAME = "name", _("What should we call you?")
    PRONOUNS = "pronouns", _("Your pronouns")
    EMAIL = "email", _("E-mail address")
    SAFE_TO_EMAIL = "safe_to_email", _("Is it safe for us to e-mail you?")
    PHONE = "phone", _("Phone number")
    SAFE_TO_LEAVE_MESSAGE = "safe_to_leave_message", _("You may leave a message at this number")
    CONTACT_NOTES = "contact_notes", _("Is there anything to know about reaching you?")
    PREFERRED_TIMES = "preferred_times", _("When could you meet for the free first consultation?")
    MESSAGE = "message", _("Is there anything you would like to say in your own words?")
    MESSAGE_MAY_BE_SHARED = (
        "message_may_be_shared",
        _("The therapist we ask may read these words before we introduce you"),
    )
    CONSENT = "consent", _("I agree")


HELP: Mapping[FormQuestion, str | Promise] = {
    FormQuestion.ADULT: _("We see adults only. If you are younger, we show you who can help."),
    FormQuestion.NEEDS_HELP_TODAY: _(
        "We are not an emergency service, and no one reads this form at night. If you need help today, we "
        "show you who is there now. Nobody here sees what you choose on this page."
    ),
    FormQuestion.MAIN_CONCERN: _("Choose what is closest. You can say more in your own words later."),
    FormQuestion.OTHER_CONCERNS: _("We first look for people who help with these too."),
    FormQuestion.APPROACHES: _(
        "We first look for people who offer these. Leave it empty if you do not know: you can decide "
        "together."
    ),
    FormQuestion.GENDERS: _(
        "Some people find it easier to talk with one than another. We first look for them. Leave it empty "
        "if not."
    ),
    FormQuestion.GENDER_IS_ESSENTIAL: _("Tick this, and we suggest no one else."),
    FormQuestion.LANGUAGE: _("We first look for people who speak it."),
    FormQuestion.LANGUAGE_IS_ESSENTIAL: _("Tick this, and we suggest no one else."),
    FormQuestion.FORMATS: _("Choose every way that would suit you."),
    FormQuestion.SLOTS: _(
        "Choose all that could work: we first look for people who work then. Most meet once a week."
    ),
    FormQuestion.TIME_ZONE: _("UK time, unless you choose another."),
    FormQuestion.ONLY_THESE_SLOTS: _(
        "Tick this, and we suggest only therapists who work at one of these times."
    ),
    FormQuestion.CLIENT_GROUP: _("Fees differ, and not every therapist sees couples or families."),
    FormQuestion.BUDGET: _(
        "Whoever has a fee within this comes first. Leave it empty if the fee matters little to you."
    ),
    FormQuestion.BUDGET_IS_FIRM: _("Tick this, and we suggest no one who asks more."),
    FormQuestion.WANTS_REDUCED_FEE: _("Some therapists keep a few places at a lower fee."),
    FormQuestion.MATTERS_MOST: _("It will count double."),
    FormQuestion.NAME: _("A first name is enough."),
    FormQuestion.SAFE_TO_EMAIL: _(
        "Choose “No” if someone else may read your e-mails. Then we write nothing and phone instead."
    ),
    FormQuestion.PHONE: _("Only needed if we may not e-mail you."),
    FormQuestion.CONTACT_NOTES: _("For example: only after six, or ask for me by another name."),
    FormQuestion.PREFERRED_TIMES: _(
        "Choose up to three. The therapist confirms one of them, or proposes others if none can be kept."
    ),
    FormQuestion.MESSAGE: _("Only the person who matches you reads this, unless you allow more below."),
}

LONGEST_LABEL = 200
LONGEST_HELP = 400


@dataclass(frozen=True, slots=True)
class Wording:
    label: str
    help_text: str


def wordings(changed: Mapping[str, Wording]) -> dict[str, Wording]:
    """Return the wording of every question by field name: the editors' own where there is one."""
    return {
        question.value: changed.get(question.value, Wording(str(question.label), str(HELP.get(question, ""))))
        for question in FormQuestion
    }
