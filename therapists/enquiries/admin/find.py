"""Finding an enquiry by its reference or by whose it is."""

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.generic import FormView

from core.accounts.typed_words import keeps_typed_words, take_typed_words
from therapists.enquiries.access.access_log import record_list
from therapists.enquiries.admin.base import MatchingTeamView, WorkplacePage, signed_in
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, EnquiryQuerySet, ReadingKind
from therapists.enquiries.name_search import MOST_OPENED, folded_words, keys_by_name

TO_DO = "active"
FOUND_ON_A_PAGE = 50
#: Letters and digits: one alone would find half of all.
SHORTEST = 2


class FindForm(forms.Form):
    wanted = forms.CharField(
        label=_("Reference or name"),
        max_length=100,
        help_text=_("The beginning of a name is enough. Whom you find by name is written in the access log."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    state = forms.ChoiceField(
        label=_("Where it stands"),
        choices=[("", _("Anywhere")), (TO_DO, _("To do")), *State.choices],
        required=False,
    )

    def clean_wanted(self) -> str:
        wanted = self.cleaned_data["wanted"]
        if len("".join(folded_words(wanted))) < SHORTEST:
            raise forms.ValidationError(_("Write at least two letters or digits."))
        return wanted

    def enquiries(self) -> EnquiryQuerySet:
        """Return those in the chosen state."""
        state = self.cleaned_data["state"]
        if state == TO_DO:
            return Enquiry.objects.active()
        return Enquiry.objects.filter(state=state) if state else Enquiry.objects.all()


@keeps_typed_words
class FindView(MatchingTeamView, WorkplacePage, FormView):
    """Finds by POST, so that no name stands in an address, a log or a history; the next page is one too."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "enquiries/admin/found.html"
    page_title = _("Find an enquiry")
    header_icon = "search"
    form_class = FindForm

    def get_initial(self) -> dict[str, Any]:
        typed = take_typed_words(self.request)
        return {name: typed.get(name, "") for name in FindForm.base_fields} if typed else {}

    @method_decorator(sensitive_variables())
    def form_valid(self, form: FindForm) -> HttpResponse:
        enquiries, wanted = form.enquiries(), form.cleaned_data["wanted"]
        by_name = set(keys_by_name(enquiries, wanted))
        found = enquiries.filter(Q(pk__in=by_name) | Q(reference__icontains=wanted)).with_task_mark()
        pages = Paginator(found.by_urgency().select_related("owner"), FOUND_ON_A_PAGE)
        page: Page[Enquiry] = pages.get_page(self.request.POST.get("page"))
        named = [enquiry for enquiry in page if enquiry.pk in by_name]
        record_list(named, ReadingKind.LIST, signed_in(self.request))
        return self.render_to_response(
            self.get_context_data(
                form=form,
                page_obj=page,
                enquiries=page.object_list,
                most_opened=MOST_OPENED if enquiries.count() > MOST_OPENED else None,
            )
        )
