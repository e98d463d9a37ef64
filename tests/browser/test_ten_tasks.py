"""What each role does most often, and that `docs/tasks.md` says in how many clicks."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.desk import Clicks
from tests.browser.ten_tasks import (
    administrators_tasks,
    editors_tasks,
    managers_tasks,
    matchers_tasks,
    reviewers_tasks,
)
from tests.browser.ten_tasks.role_tasks import RoleTasks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]

#: In an order in which nobody takes away what the next one works with.
ROLES = [
    editors_tasks.EDITOR,
    reviewers_tasks.REVIEWER,
    matchers_tasks.MATCHER,
    managers_tasks.MANAGER,
    administrators_tasks.ADMINISTRATOR,
]
ROW = re.compile(r"^\| (?P<task>[^|]+?) \| (?P<clicks>\d+) \| [^|]+ \|$", re.MULTILINE)


@pytest.fixture(scope="module", autouse=True)
def prepared(site_url: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        for module in (editors_tasks, reviewers_tasks, matchers_tasks, managers_tasks, administrators_tasks):
            module.prepare()


def table_of(role: str) -> list[tuple[str, str]]:
    """Return the rows that the page about tasks has for a role: the task, and its clicks as it is now."""
    page = (settings.ROOT / "docs" / "tasks.md").read_text()
    section = page.split(f"## {role}\n")[1].split("\n## ")[0]
    return ROW.findall(section)


@pytest.mark.guide(
    "The ten commonest tasks of each role says how few clicks each takes.",
    "Dates may be typed as 31/12/2027 or 2027-12-31: what you type stays as it is, and what is no date is "
    "refused.",
)
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.username)
def test_ten_tasks_take_as_many_clicks_as_the_table_says(
    role: RoleTasks, page: Page, sit_down: Callable[[str], None], blocked: list[str]
) -> None:
    expect.set_options(timeout=30_000)
    page.on("dialog", lambda dialog: dialog.accept())
    sit_down(role.username)
    clicks = Clicks(page)

    def counted(walk: Callable[[Page], None]) -> str:
        walk(page)
        return str(clicks.since_last())

    ours = {words: counted(walk) for words, walk in role.walks.items()}

    assert len(ours) == 10
    assert table_of(role.role) == list(ours.items())
