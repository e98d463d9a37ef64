"""The “Facts” menu of the admin: dimensions, references, explained words and reviewers."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, UpdatedAtColumn
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.snippets.views.snippets import (
    ConfirmWorkflowCancellationView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from core.admin.one_at_a_time import one_at_a_time
from core.models import Reviewer
from home.models import GlossaryTerm
from therapies.models import ComparisonDimension, Reference


class ConfirmCancellationView(PermissionCheckedMixin, ConfirmWorkflowCancellationView):
    """Wagtail's own answers anyone who may enter the admin."""

    permission_required = "change"


class ModeratedViewSet(SnippetViewSet):
    confirm_workflow_cancellation_view_class = ConfirmCancellationView

    @property
    def edit_view(self) -> Callable[..., HttpResponse]:
        return one_at_a_time(super().edit_view, self.model, "pk")


class ReferenceViewSet(ModeratedViewSet):
    model = Reference
    icon = "link-external"
    menu_label = _("Sources")
    list_display = [
        "citation",
        "kind",
        "year",
        DateColumn("accessed", label=_("Last checked"), sort_key="accessed"),
        UpdatedAtColumn(),
    ]
    list_filter = ["kind"]
    search_backend_name = None  # parts of words and keys, which the index does not hold
    search_fields = ["citation", "key"]
    ordering = ["key"]


class ComparisonDimensionViewSet(ModeratedViewSet):
    model = ComparisonDimension
    icon = "list-ol"
    menu_label = _("Points of comparison")
    list_display = ["label", "question", "value_type", "sort_order", "in_fact_box", UpdatedAtColumn()]
    list_filter = ["value_type", "in_fact_box", "only_compared", "leads_comparisons"]
    search_fields = ["label", "question", "key"]
    ordering = ["sort_order", "key"]


class ReviewerViewSet(SnippetViewSet):
    model = Reviewer
    icon = "user"
    menu_label = _("Reviewers")
    list_display = ["name", "credentials", UpdatedAtColumn()]
    search_fields = ["name", "credentials"]
    ordering = ["name"]


class GlossaryTermViewSet(ModeratedViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Explained words")
    list_display = ["term", "meaning", UpdatedAtColumn()]
    search_backend_name = None  # parts of words, which the index does not hold
    search_fields = ["term", "meaning"]
    ordering = ["term"]


class FactsViewSetGroup(SnippetViewSetGroup):
    items = (ReferenceViewSet, ComparisonDimensionViewSet, GlossaryTermViewSet, ReviewerViewSet)
    menu_label = _("Facts")
    menu_icon = "table"
    menu_order = 200
