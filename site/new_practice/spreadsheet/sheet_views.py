"""Where whoever keeps profiles brings them in from a spreadsheet, and takes them out as one."""

import json
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from home.models import HomePage
from new_practice.founding import front_page
from new_practice.spreadsheet.sheet_columns import COLUMNS
from new_practice.spreadsheet.sheet_import import SheetResult, import_profiles, profile_records
from new_practice.spreadsheet.sheet_reading import MOST_BYTES, MOST_ROWS, Sheet, SheetError, read_sheet
from new_practice.spreadsheet.sheet_writing import as_csv, as_xlsx, table_of
from therapists.models import TherapistIndexPage, TherapistPage

#: How long what was read stays on the page to be confirmed.
CONFIRM_WITHIN = 3600
KINDS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class SheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The spreadsheet"),
        help_text=gettext_lazy(
            "CSV or XLSX, at most 1 MB. Nothing is written before you have seen what changes."
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


class ProfileSheetMixin:
    """For whoever may add and change profiles in the directory."""

    request: HttpRequest

    def site_and_directory(self) -> tuple[HomePage, TherapistIndexPage]:
        home = front_page()
        directory = TherapistIndexPage.objects.child_of(home).first() if home else None
        if home is None or directory is None:
            raise Http404
        rights = directory.permissions_for_user(self.request.user)
        if not (rights.can_add_subpage() and rights.can_edit()):
            raise PermissionDenied
        return home, directory

    @property
    def person(self) -> User:
        return cast(User, self.request.user)  # nobody else has these rights


class ImportProfilesView(ProfileSheetMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "wagtailadmin/therapists/import_profiles.html"
    page_title = gettext_lazy("Profiles from a spreadsheet")
    header_icon = "upload"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.site_and_directory()
        return self._show(SheetForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        home, _directory = self.site_and_directory()
        if "confirmed" in request.POST:
            return self._bring_in(home, request.POST["confirmed"])
        form = SheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            file = form.cleaned_data["file"]
            # One byte more than there may be says that it is too much.
            return self._try_out(home, read_sheet(file.read(MOST_BYTES + 1)))
        except SheetError as error:
            form.add_error("file", str(error))
            return self._show(form, status=422)

    def _try_out(self, home: HomePage, sheet: Sheet, *, is_again: bool = False) -> HttpResponse:
        result = import_profiles(home, sheet, self.person, dry_run=True)
        confirmed = ""
        if result.changes:
            told = {"rows": sheet.rows, "changes": self._digest(result)}
            confirmed = signing.dumps(told, salt=self._salt, compress=True)
        return self._show(
            SheetForm(), result=result, confirmed=confirmed, is_again=is_again, rows=len(sheet.rows)
        )

    def _bring_in(self, home: HomePage, confirmed: str) -> HttpResponse:
        """Write what was shown, and nothing else: where the site changed since, show it again."""
        try:
            told = signing.loads(confirmed, salt=self._salt, max_age=CONFIRM_WITHIN)
        except signing.BadSignature:
            messages.error(self.request, _("That was too long ago. Choose the file again."))
            return redirect("import_profiles")
        sheet = Sheet({int(number): row for number, row in told["rows"].items()}, [])
        with transaction.atomic():
            result = import_profiles(home, sheet, self.person, dry_run=False)
            is_as_shown = self._digest(result) == told["changes"]
            if not is_as_shown:
                transaction.set_rollback(True)
        if not is_as_shown:
            return self._try_out(home, sheet, is_again=True)
        count = len({change.row for change in result.changes})
        words = _("%(count)s profiles have a new draft. Read and publish them.") % {"count": count}
        messages.success(self.request, words)
        return redirect("therapist_profiles:index")

    @property
    def _salt(self) -> str:
        return f"new_practice.spreadsheet.{self.person.pk}"

    @staticmethod
    def _digest(result: SheetResult) -> str:
        told = json.dumps([repr(result.changes), repr(result.problems)])
        return salted_hmac("new_practice.spreadsheet", told, algorithm="sha256").hexdigest()

    def _show(self, form: SheetForm, status: int = 200, **known: Any) -> HttpResponse:
        context = {"form": form, "columns": COLUMNS, "most": MOST_ROWS, **known}
        return self.render_to_response(self.get_context_data(**context), status=status)


class ExportProfilesView(ProfileSheetMixin, View):
    """The profiles as they are, drafts included; or, with `empty`, the headings alone."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        home, directory = self.site_and_directory()
        slugs = [] if "empty" in request.GET else self._slugs(directory)
        make, content_type = KINDS[kind]
        content = make(table_of(profile_records(home, slugs) if slugs else {}))
        name = "profiles" if slugs else "profiles-empty"
        disposition = f'attachment; filename="{name}.{kind}"'
        return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})

    def _slugs(self, directory: TherapistIndexPage) -> list[str]:
        return list(
            TherapistPage.objects.child_of(directory).order_by("title").values_list("slug", flat=True)
        )
