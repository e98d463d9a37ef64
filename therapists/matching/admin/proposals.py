"""The page where a matcher accepts the proposals of this morning, all or some, or sets them aside."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from core.accounts.typed_words import keeps_typed_words, take_typed_words
from core.long_text import LongTextInput
from therapists.enquiries.access.access_log import record_list
from therapists.enquiries.admin.base import MatchingTeamView, WorkplacePage, signed_in
from therapists.enquiries.models import ReadingKind
from therapists.matching.admin.proposal_rows import latest_proposals
from therapists.matching.answering_proposals import NotDone, ask, set_aside
from therapists.matching.making_proposals import make_proposals_now
from therapists.matching.text.proposals import counted


class SetAsideForm(forms.Form):
    """Which proposals are not followed, and why. The ticks are read by the view, for each button."""

    heading = _("Set aside")

    reason = forms.CharField(
        label=_("Why not"),
        max_length=500,
        widget=LongTextInput(attrs={"rows": 2}),
        help_text=_("Kept with each of them, sealed, for as long as the enquiry."),
    )
    is_final = forms.BooleanField(
        label=_("Never propose these pairs again"),
        required=False,
        help_text=_("They can still be asked one by one. Otherwise tomorrow may bring the same proposal."),
    )


@keeps_typed_words
class ProposalsView(MatchingTeamView, WorkplacePage, TemplateView):
    """The latest proposals. Each enquiry on the page is written in the access log."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "matching/admin/proposals.html"
    page_title = _("Proposals")
    header_icon = "group"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = take_typed_words(request)
        if not typed:
            return super().get(request, *args, **kwargs)
        messages.warning(
            request,
            _("You had been signed out, and nothing was done. What you typed is here: send it again."),
        )
        return self._shown(SetAsideForm(initial={"reason": typed.get("reason", "")}), typed.getlist("chosen"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = latest_proposals()
        if latest:
            record_list([row.enquiry for row in latest.rows], ReadingKind.LIST, signed_in(self.request))
        return (
            {"form": SetAsideForm(), "chosen": []} | super().get_context_data(**kwargs) | {"latest": latest}
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        ticked, shown = (_keys(request.POST.getlist(name)) for name in ("chosen", "shown"))
        match request.POST.get("do"):
            case "now":
                return self._make_now()
            case "ask-all":
                return self._ask(shown)
            case "ask" if ticked:
                return self._ask(ticked)
            case "set-all-aside":
                return self._set_aside(shown)
            case "set-aside" if ticked:
                return self._set_aside(ticked)
        form = SetAsideForm(data={"reason": request.POST.get("reason", "")})
        # Nothing was wrong with the reason: only the missing tick is said.
        form.full_clean()
        form.errors.clear()
        form.add_error(None, _now("Tick at least one proposal."))
        form.heading = _("Ask or set aside")
        return self._shown(form, [], status=422)

    def _shown(self, form: SetAsideForm, chosen: Iterable[object], status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, chosen=[str(key) for key in chosen])
        return self.render_to_response(context, status=status)

    def _make_now(self) -> HttpResponse:
        make_proposals_now(signed_in(self.request))
        messages.success(self.request, _("These are the proposals of now."))
        return redirect("matching_admin:proposals")

    def _ask(self, proposals: Iterable[UUID]) -> HttpResponse:
        by = signed_in(self.request)
        asked = {one.reference: one.therapist for one in self._each(proposals, lambda key: ask(key, by))}
        if asked:
            said = ngettext("%(count)s is asked: %(who)s.", "%(count)s are asked: %(who)s.", len(asked))
            messages.success(self.request, said % {"count": len(asked), "who": counted(asked)})
        return redirect("matching_admin:proposals")

    def _set_aside(self, proposals: list[UUID]) -> HttpResponse:
        form = SetAsideForm(data=self.request.POST)
        if not form.is_valid():
            return self._shown(form, proposals, status=422)
        by, reason, is_final = (
            signed_in(self.request),
            form.cleaned_data["reason"],
            form.cleaned_data["is_final"],
        )
        done = self._each(proposals, lambda key: set_aside(key, by, reason, is_final=is_final))
        if done:
            messages.success(self.request, _now("Set aside: %(which)s.") % {"which": ", ".join(done)})
        return redirect("matching_admin:proposals")

    def _each[Done](self, proposals: Iterable[UUID], act: Callable[[UUID], Done]) -> list[Done]:
        """Act on each in a transaction of its own, and say of each on which nothing was done why not."""
        done = []
        for key in proposals:
            try:
                done.append(act(key))
            except NotDone as refusal:
                which = refusal.reference or _now("One of them")
                messages.warning(
                    self.request,
                    _now("%(which)s: nothing was done. %(why)s") % {"which": which, "why": refusal.why},
                )
        return done


def _keys(texts: Iterable[str]) -> list[UUID]:
    """Return them in the order given, each once, without what is no key."""
    keys: dict[UUID, None] = {}
    for text in texts:
        with suppress(ValueError):
            keys[UUID(text)] = None
    return list(keys)
