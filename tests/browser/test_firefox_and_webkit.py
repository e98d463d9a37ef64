"""The main job in Firefox and in WebKit: front page, form, suggestions, sending, thank you, status."""

import os
import time
from collections.abc import Iterator

import pytest
from selenium.common.exceptions import WebDriverException

from tests.browser.journeys import QUICKEST_PERSON
from tests.browser.letters import letter_to, link_in
from tests.browser.other_browsers import Firefox, OtherBrowser, WebKit
from tests.queue_worker import deliver
from therapists.enquiries.models import Enquiry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    # Selenium's own.
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]

VISITOR = "robin@example.org"
#: In seconds. How long a page may take to come.
PATIENCE = 15
#: The beginning of every script. What is folded away or hidden is not there.
FIND = r"""
const {name, question} = given;
const words = element => element.textContent.replace(/\s+/g, " ").trim();
const all = (selector, within = document) =>
  [...within.querySelectorAll(selector)].filter(one => one.checkVisibility() && !one.ariaHidden);
const label = within => all("label", within).find(one => words(one).startsWith(name));
"""
CONTINUE = FIND + "return all('main button').find(one => words(one) === 'Continue');"
SEND = FIND + "return all('main button').find(one => words(one).startsWith('Send'));"
LINK = FIND + "return all('a').find(one => words(one).startsWith(name));"
FIELD = FIND + "return label();"
EMPTY = FIND + "const field = label()?.control; return field?.value === '' && field;"
CHOICE = (
    FIND
    + """
const group = all("fieldset").find(one => words(one.querySelector("legend")).includes(question));
return group && label(group);
"""
)
#: In CSS pixels: 0 where nobody has to scroll sideways.
WIDER = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;"
PAGE = FIND + "return location.pathname + ' ' + words(document.querySelector('main') ?? document.body);"
#: What is answered where it is asked, on whichever page.
ANSWERS = {
    "Are you 18 or over?": "Yes",
    "Do you need help today": "No",
    "main thing that brings you": "Grief",
    "How could you meet?": "Video",
    "Who is it for?": "Me",
    "Is it safe for us to e-mail you?": "Yes",
}
WORDS = {"What should we call you?": "Robin", "E-mail address": VISITOR}
TICKS = ["Please choose for me", "I agree"]
MOST_PAGES = 20

#: Of a page that was left.
LEFT = "document.documentElement.dataset.left"


class Visitor:
    """Whoever answers what a page asks, and goes on."""

    def __init__(self, browser: OtherBrowser) -> None:
        self.browser = browser

    def page(self) -> str:
        return str(self.browser.read(PAGE, {}))

    def answers_what_is_asked(self) -> None:
        for question, choice in ANSWERS.items():
            if self.is_there(CHOICE, question=question, name=choice):
                self.browser.press(CHOICE, {"question": question, "name": choice})
        for label, text in WORDS.items():
            if self.is_there(EMPTY, name=label):
                self.browser.write(EMPTY, {"name": label}, text)
        for label in TICKS:
            if self.is_there(FIELD, name=label):
                self.browser.press(FIELD, {"name": label})

    def is_there(self, script: str, **given: str) -> bool:
        return bool(self.browser.read(f"return !!(() => {{ {script} }})()", given))

    def follows(self, script: str, **given: str) -> None:
        """Press what leads on, and wait until the next page stands."""
        self.browser.read(f"{LEFT} = true; return true", {})
        self.browser.press(script, given)
        until = time.monotonic() + PATIENCE
        while not self._stands_on_the_next():
            assert time.monotonic() < until, f"{given} leads nowhere: {self.page()[:2000]}"
            time.sleep(0.05)
        assert self.browser.read(WIDER, {}) == 0, self.page()[:200]

    def _stands_on_the_next(self) -> bool:
        try:
            return bool(self.browser.read(f"return !{LEFT} && document.readyState === 'complete'", {}))
        except WebDriverException:  # between two pages there is none to ask
            return False


@pytest.fixture(autouse=True)
def links_lead_here(settings, site_url: str) -> None:
    settings.BASE_URL = site_url


@pytest.fixture(params=[Firefox, WebKit])
def visitor(request: pytest.FixtureRequest, site_url: str) -> Iterator[Visitor]:
    kind: type[Firefox | WebKit] = request.param
    if kind.missing:
        # Whoever checks a change for all has the browsers: .ci/run fetches them.
        end = pytest.fail if "CI" in os.environ else pytest.skip
        end(f"Missing, so the main job is not tried in {kind.__name__}: {', '.join(kind.missing)}.")
    browser = kind()
    try:
        yield Visitor(browser)
    finally:
        browser.close()


def test_main_job(visitor: Visitor, site_url: str) -> None:
    visitor.browser.open(site_url)
    visitor.follows(LINK, name="Find a therapist")
    for _page in range(MOST_PAGES):
        visitor.answers_what_is_asked()
        if visitor.is_there(SEND):
            time.sleep(QUICKEST_PERSON / 1000)
            visitor.follows(SEND)
            break
        visitor.follows(CONTINUE)
    thanks = visitor.page()
    assert "Your reference number is" in thanks, thanks
    enquiry = Enquiry.objects.latest("received_at")
    assert enquiry.reference in thanks
    deliver()
    visitor.browser.open(link_in(letter_to(lambda address: address == VISITOR, "")))
    status = visitor.page()
    assert enquiry.reference in status, status
