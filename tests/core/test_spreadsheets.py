"""What Wagtail's own reports give to a spreadsheet program."""

import pytest
from django.urls import reverse

from tests.factories.home import InfoPageFactory, make_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("report", ["wagtailadmin_reports:aging_pages", "wagtailadmin_reports:site_history"])
def test_a_report_runs_no_formula_and_keeps_its_letters(admin_client, report):
    page = InfoPageFactory(parent=make_site(), title="=HYPERLINK(1) Joäo")
    page.save_revision(log_action=True).publish()
    content = b"".join(admin_client.get(reverse(report), {"export": "csv"}).streaming_content)
    assert content.startswith("\ufeff".encode())
    words = content.decode()
    assert "'=HYPERLINK(1) Joäo" in words
    assert ",=HYPERLINK" not in words
    assert "\n=HYPERLINK" not in words
