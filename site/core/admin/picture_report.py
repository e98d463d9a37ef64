"""All pictures without a text for those who cannot see them, of which the home names the first few."""

import django_filters
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from core.models import PracticeImage


def pictures_without_words(person: User) -> QuerySet[PracticeImage]:
    """Return those that this account may change, the newest first."""
    policy = policy_registry.get_by_type(PracticeImage)
    theirs: QuerySet[PracticeImage] = policy.instances_user_has_any_permission_for(person, ["change"])
    return theirs.filter(description="").order_by("-pk")


class PictureFilterSet(WagtailFilterSet):
    collection = django_filters.ModelChoiceFilter(label=_("Collection"), queryset=Collection.objects.all())

    class Meta:
        model = PracticeImage
        fields: list[str] = []


class PictureReport(ReportView):
    index_url_name = "pictures_without_words"
    index_results_url_name = "pictures_without_words_results"
    page_title = _("Pictures without words")
    header_icon = "image"
    results_template_name = "wagtailadmin/reports/pictures_results.html"
    filterset_class = PictureFilterSet
    model = PracticeImage
    any_permission_required = ["change"]
    list_export = ["title", "collection", "created_at"]
    export_headings = {"title": _("Title"), "collection": _("Collection"), "created_at": _("Uploaded")}

    def get_queryset(self) -> QuerySet[PracticeImage]:
        self.queryset = pictures_without_words(self.request.user).select_related("collection")
        return super().get_queryset()
