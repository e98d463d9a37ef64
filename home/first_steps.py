"""What the practice itself has to say before it opens: how to reach it, its privacy words, its help lines."""

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from core.admin.first_steps_panel import Missing, register_first_step
from core.models import Reviewer
from core.visibility import public
from home.models import CrisisHelp, InfoPage, PracticeSettings

#: Where a practice keeps its privacy words, below the front page.
PRIVACY = "privacy"


def _address_of(kind: type[BaseSiteSetting], site: Site) -> str:
    return reverse("wagtailsettings:edit", args=[kind._meta.app_label, kind._meta.model_name, site.pk])


@register_first_step(10, gettext_lazy("Say how to reach you"))
def contact(site: Site) -> Missing | None:
    practice = PracticeSettings.for_site(site)
    names = {
        _("an e-mail address"): practice.contact_email,
        _("a phone number"): practice.contact_phone,
        _("your postal address, under company details"): practice.company_details,
    }
    lacking = [name for name, value in names.items() if not value.strip()]
    if not lacking:
        return None
    words = _("Still missing: %(names)s.") % {"names": get_text_list(lacking, _("and"))}
    return Missing(words, _address_of(PracticeSettings, site))


@register_first_step(50, gettext_lazy("Read the privacy words"))
def privacy(site: Site) -> Missing | None:
    page = InfoPage.objects.child_of(site.root_page).filter(slug=PRIVACY).first()
    if page is None:
        return Missing(
            _("Visitors find no page at /privacy/. Write one."),
            reverse("wagtailadmin_explore", args=[site.root_page_id]),
        )
    if page.last_reviewed and public(InfoPage.objects.filter(pk=page.pk)).exists():
        return None
    if not Reviewer.objects.filter(account__isnull=False).exists():
        return Missing(
            _("Say first who reads it for the practice: name a reviewer, with an account. Then come back."),
            reverse("wagtailsnippets_core_reviewer:add"),
        )
    return Missing(
        _("Make them true for your practice, and publish. Then sign them off, under Review."),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )


@register_first_step(60, gettext_lazy("Check the urgent help lines"))
def help_lines(site: Site) -> Missing | None:
    crisis = CrisisHelp.for_site(site)
    address = _address_of(CrisisHelp, site)
    if not crisis.help_lines:
        return Missing(_("There are none. Someone in distress needs them on every page."), address)
    if crisis.checked_on:
        return None
    return Missing(_("Ring each number, and set “numbers checked on” to that day."), address)
