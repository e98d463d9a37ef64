"""A visitor at the form: reads each page that comes back, fills in its fields, presses a button."""

from bs4 import BeautifulSoup

from therapists.enquiries.services.drafts import keep_draft, new_token
from therapists.matching.form.draft import DRAFT_COOKIE, Draft
from therapists.matching.form.ticket import Ticket


class Visitor:
    def __init__(self, client, address, practice):
        self.client = client
        self.address = address
        self.practice = practice
        self.response = None
        #: Where the last form leads that was seen.
        self.action = address
        self.fields = []

    def opens(self, address=None):
        """Opens a page: without an address, the form from its beginning."""
        self.address = address or self.address
        return self._read(self.client.get(self.address))

    def sends(self, go="", **answers):
        """Keeps what the page holds, changes the answers named, and presses a button."""
        posted = [(name, value) for name, value in self.fields if name not in answers]
        for name, value in answers.items():
            posted += [(name, one) for one in (value if isinstance(value, list) else [value])]
        if go:
            posted.append(("go", go))
        data = {}
        for name, value in posted:
            data.setdefault(name, []).append(value)
        return self._follow(self.client.post(self.action, data))

    def refines(self, **answers):
        """Answers what makes the suggestions fit better."""
        self._read(self.client.get("/find-a-therapist/refine/"))
        return self.sends(**answers)

    def finishes(self, **answers):
        """Says how to be reached, reads all once more, agrees and sends."""
        at_last = {name: answers.pop(name) for name in ("website", "ticket", "consent") if name in answers}
        self.sends(**self.plain_answers()["contact"] | answers)
        return self.sends(**self.plain_answers()["check"] | at_last) if self.step == "check" else self

    def reaches(self, step):
        """Opens a step in a browser that holds plain answers to those before it, and nothing else.

        `test_page_and_api.py` walks all the way instead.
        """
        self.client.cookies.pop(DRAFT_COOKIE, None)
        answers = {}
        for name, told in self.plain_answers().items():
            if name == step:
                break
            answers |= {name: one if isinstance(one, list) else [one] for name, one in told.items()}
        form = self.address
        if answers:
            draft = Draft(answers | {"ticket": [Ticket.new().signed]})
            self.client.cookies[DRAFT_COOKIE] = token = new_token()
            keep_draft(token, draft.to_text())
            self.opens(f"{form}{step}/")
            self.address = form
        else:
            self.opens()
        assert self.step == step, self.text
        return self

    def plain_answers(self):
        return {
            "before": {"adult": "yes", "needs_help_today": "no"},
            "concerns": {"main_concern": str(self.practice.grief.pk)},
            "who": {"client_group": "individual"},
            "how": {"formats": ["video"]},
            "suggestions": {"choice": "practice"},
            "contact": {"name": "Sam Sample", "email": "sam@example.org", "safe_to_email": "yes"},
            "check": {"consent": "on"},
        }

    @property
    def text(self):
        return self.soup.main.get_text(" ", strip=True)

    @property
    def step(self):
        field = self.soup.select_one("#step input[name=step]")
        return field["value"] if field else None

    @property
    def suggested(self):
        return [name.get_text(strip=True) for name in self.soup.select(".suggestion__name")]

    @property
    def errors(self):
        return [line.get_text(strip=True) for line in self.soup.select(".error-summary li")]

    def _follow(self, response):
        """Follows to another step of the form, as a browser does; what else leads on is for the test."""
        while response.status_code == 302 and is_of_the_form(response["Location"]):
            response = self.client.get(response["Location"])
        return self._read(response)

    def _read(self, response):
        self.response = response
        self.soup = BeautifulSoup(response.content, "html.parser")
        self.fields = list(form_fields(self.soup))
        if form := self.soup.select_one("form#step"):
            self.action = form["action"]
        return self


def is_of_the_form(address):
    return "/find-a-therapist/" in address and not address.endswith("/sent/")


def form_fields(soup):
    """What a browser would send of the form as it stands."""
    form = soup.select_one("form#step, main form:not(.refine__form)")
    for field in form.select("input, select, textarea") if form else []:
        kind = field.get("type", "text")
        if field.name == "textarea":
            yield field["name"], field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            yield field["name"], chosen.get("value", "")
        elif kind in {"radio", "checkbox"}:
            if field.has_attr("checked"):
                yield field["name"], field.get("value", "on")
        elif field.get("name") not in {None, "csrfmiddlewaretoken"}:
            yield field["name"], field.get("value", "")
