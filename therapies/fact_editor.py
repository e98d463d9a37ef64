"""The editor of one fact. It saves a revision of the therapy's page, as the whole editor does.

Whatever holds for the page holds here, for it is Wagtail's own editor with another form: rights, locks,
workflow, warnings, and the question what kind of change it is.
"""

from typing import Any

from django.contrib import messages
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem, PageActionMenu
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import MultiFieldPanel, ObjectList, Panel
from wagtail.admin.views.pages.preview import PreviewOnEditView
from wagtail.models import Page

from core.admin.one_at_a_time import one_at_a_time
from core.admin.page_editor import PracticeEditView
from core.admin.page_forms import compare_with_what_is_stored
from core.admin.review_forms import ASKING, ReviewedPageForm
from therapies.models import DimensionValue, TherapyPage

PREFIX = "fact"
#: The question that a fact answers is what it is: another fact is another row of the tab.
EDITED = MultiFieldPanel(DimensionValue.panels[1:]).bind_to_model(DimensionValue)


def fact_of(page: TherapyPage, key: str) -> DimensionValue | None:
    """Return a draft's answer to a point of comparison. A change of it is a change of the draft."""
    return next((value for value in page.values.all() if value.dimension.key == key), None)


class FactForm(ReviewedPageForm):
    """The form of a page that changes one fact, and nothing else of it."""

    def __init__(
        self, data: QueryDict | None = None, *args: Any, fact: DimensionValue, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        fields: type[WagtailAdminModelForm] = EDITED.get_form_class()
        self.fact = fields(data, instance=fact, prefix=PREFIX, for_user=self.for_user)
        compare_with_what_is_stored(self.fact)

    def defer_required_fields(self) -> None:
        super().defer_required_fields()
        self.fact.defer_required_fields()

    def restore_required_fields(self) -> None:
        super().restore_required_fields()
        self.fact.restore_required_fields()

    def is_valid(self) -> bool:
        return self.fact.is_valid() and super().is_valid()

    def has_changed(self) -> bool:
        return super().has_changed() or self.fact.has_changed()

    def _has_changed_rows(self) -> bool:
        return self.fact.has_changed()

    def save(self, commit: bool = True) -> TherapyPage:
        fact = self.fact.save(commit=False)
        if fact.pk is not None:
            self.instance.values.add(fact)
        self.instance.kind_of_change = self.cleaned_data.get("kind_of_change", "")
        return super().save(commit=commit)

    @property
    def media(self) -> Media:
        return super().media + self.fact.media


class FactPanel(Panel):
    """Shows the fields of the fact."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/panels/fact.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            form = self.form.fact
            self.fields = EDITED.get_bound_panel(
                instance=form.instance, request=self.request, form=form, prefix=self.prefix
            )


def editor_of(panels: list[Any]) -> ObjectList:
    return ObjectList(panels, base_form_class=FactForm).bind_to_model(TherapyPage)


#: Who approves or returns what was handed in is asked as in the whole editor.
PLAIN_EDITOR, WORKFLOW_EDITOR = editor_of([FactPanel()]), editor_of([FactPanel(), "kind_of_change"])


class FactActionMenu(PageActionMenu):
    """The actions of the page's editor, with publishing or else handing in as the first."""

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        first: ActionMenuItem | None = self.default_item  # type: ignore[has-type] # set by Wagtail's
        rest: list[ActionMenuItem] = self.menu_items  # type: ignore[has-type]
        items = [item for item in (first, *rest) if item and item.name != "action-unpublish"]
        items.sort(key=lambda item: ASKING.index(item.name) if item.name in ASKING else len(ASKING))
        self.default_item, *self.menu_items = items or [None]


class FactEditView(PracticeEditView):
    """Edit the answer of one therapy to one point of comparison."""

    page_title = gettext_lazy("Edit this fact")

    def get_page_title(self) -> str:
        return str(self.page_title)

    def get_page_subtitle(self) -> str:
        return f"{self.page.title}: {self.fact.dimension.question}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._with_one_fact() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._with_one_fact() or super().post(request, *args, **kwargs)

    def _with_one_fact(self) -> HttpResponse | None:
        """Put the form of the fact in the place of the page's, or lead to the page that has no such fact."""
        if self.page_class is not TherapyPage:
            raise Http404
        key = self.kwargs["key"]
        fact = fact_of(self.page, key)
        if fact is None or self.page.alias_of_id:
            messages.warning(self.request, _("The draft of this page has no such fact."))
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        self.fact, self.autosave_enabled = fact, False
        self.page.shows_facts_first = True
        self.edit_handler = WORKFLOW_EDITOR if self.is_in_workflow else PLAIN_EDITOR
        form_class = self.edit_handler.get_form_class()
        self.form_class = lambda *args, **kwargs: form_class(*args, fact=fact, **kwargs)
        return None

    @cached_property
    def is_in_workflow(self) -> bool:
        return bool(self.page.workflow_in_progress)

    def get_edit_url(self) -> str:
        return reverse("edit_fact", args=[self.page.pk, self.kwargs["key"]])

    def get_preview_url(self) -> str:
        return reverse("preview_fact", args=[self.page.pk, self.kwargs["key"]])

    def get_action_menu(self) -> PageActionMenu:
        return FactActionMenu(
            self.request,
            view="edit",
            page=self.page,
            lock=self.lock,
            locked_for_user=self.locked_for_user,
        )


edit_fact = one_at_a_time(FactEditView.as_view(), Page, "page_id")


class FactPreviewView(PreviewOnEditView):
    """The page as it would be with the fact as it is typed."""

    @property
    def parent_object_id(self) -> str:
        """Keep what is typed here apart from what is typed in the page's own editor."""
        return f"{PREFIX}-{self.kwargs['key']}"

    def get_form(self, query_dict: QueryDict) -> FactForm:
        fact = fact_of(self.object, self.kwargs["key"]) if isinstance(self.object, TherapyPage) else None
        if fact is None:
            raise Http404
        form_class = PLAIN_EDITOR.get_form_class()
        parent = self.object.get_parent().specific
        return form_class(
            query_dict or None,
            instance=self.object,
            parent_page=parent,
            for_user=self.request.user,
            fact=fact,
        )
