import pytest

from home.models import RiskPhrase
from tests.factories.enquiries import stored_enquiry
from tests.factories.secrets import DocumentFactory
from tests.security.doors import admin_doors
from therapies.models import ConcernPage

#: Wagtail's own pages for trying out errors.
BROKEN_ON_PURPOSE = {"/admin/failwhale/", "/admin/test404/"}


@pytest.fixture
def doors(demo_site):
    stored_enquiry(ConcernPage.objects.first().pk)
    DocumentFactory(file_size=1)
    RiskPhrase.objects.create(phrase="words of the practice's own")
    return [door for door in admin_doors() if door not in BROKEN_ON_PURPOSE | {"/admin/logout/"}]
