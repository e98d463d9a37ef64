from django.urls import URLPattern, path, re_path
from wagtail import hooks

from new_practice.spreadsheet.sheet_views import ExportProfilesView, ImportProfilesView


@hooks.register("register_admin_urls")
def profiles_as_a_spreadsheet() -> list[URLPattern]:
    return [
        path("profiles/spreadsheet/", ImportProfilesView.as_view(), name="import_profiles"),
        re_path(
            r"^profiles/spreadsheet/profiles\.(?P<kind>csv|xlsx)$",
            ExportProfilesView.as_view(),
            name="export_profiles",
        ),
    ]
