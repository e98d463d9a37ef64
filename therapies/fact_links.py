"""The ways from what visitors see of a fact to where it is edited."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.userbar import BaseItem

from therapies.comparing.comparison import ComparisonCell
from therapies.models import TherapyPage


@dataclass(slots=True)
class EditableFacts:
    """The therapies whose facts an answer shows, and whether whoever asked may edit them: each asked once."""

    is_for_editors: bool
    _pages: dict[int, TherapyPage | None] = field(default_factory=dict)

    @classmethod
    def on(cls, request: HttpRequest) -> "EditableFacts":
        kept = vars(request)
        if "editable_facts" not in kept:
            user = getattr(request, "user", None)
            kept["editable_facts"] = cls(user is not None and user.has_perm("wagtailadmin.access_admin"))
        return kept["editable_facts"]

    def page_of(self, therapy: int, request: HttpRequest) -> TherapyPage | None:
        """Return the page with the facts, or None where it is not this reader's to edit."""
        if therapy not in self._pages:
            page = TherapyPage.objects.filter(pk=therapy, alias_of=None).first()
            may_edit = page is not None and page.permissions_for_user(request.user).can_edit()
            self._pages[therapy] = page if may_edit else None
        return self._pages[therapy]

    @property
    def pages(self) -> list[TherapyPage]:
        return [page for page in self._pages.values() if page is not None]


def edit_fact_address(cell: ComparisonCell, request: HttpRequest) -> str:
    """Return where a fact is edited, or an empty text: for visitors, in previews, and where none is recorded.

    A preview has its own links, to the editor beside it.
    """
    if cell.value is None or getattr(request, "is_preview", False):
        return ""
    facts = EditableFacts.on(request)
    page = facts.page_of(cell.therapy.id, request) if facts.is_for_editors else None
    if page is None:
        return ""
    address = reverse("edit_fact", args=[page.pk, cell.value.dimension.key])
    return f"{address}?{urlencode({'next': request.get_full_path()})}"


class EditFactsItem(BaseItem):
    template_name = "wagtailadmin/userbar/item_edit_facts.html"

    def __init__(self, page: TherapyPage, *, is_named: bool) -> None:
        self.page = page
        #: Whether its name is said: where its facts are shown on another page.
        self.is_named = is_named

    @property
    def url(self) -> str:
        """Return the address of the list of facts, which the editor then opens and scrolls to."""
        return f"{reverse('wagtailadmin_pages:edit', args=[self.page.pk])}#:w:contentpath=values"
