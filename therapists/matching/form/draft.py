"""What is kept of a visitor between two pages of the form, and the cookie that holds the only key to it."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Self

from django.http import HttpRequest, HttpResponse, QueryDict

from therapists.enquiries.services.drafts import erase_draft, keep_draft, new_token, read_draft

DRAFT_COOKIE = "enquiry_draft"


@dataclass
class Refusal:
    """Why something was not sent, though the answers may be well. Shown until the visitor goes on."""

    errors: dict[str, list[str]]
    status: int
    #: In seconds.
    retry_after: int | None = None


@dataclass
class Draft:
    """A visitor's answers as posted, by the names of the questions, and where they are."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    #: The slug of the therapist whose profile they came from.
    therapist: str = ""
    #: The step that is shown with its errors.
    wrong_step: str = ""
    refusal: Refusal | None = None
    #: Whether earlier answers were erased because their hour was over.
    is_after_an_end: bool = False

    @classmethod
    def from_text(cls, text: str) -> Self:
        plain = json.loads(text)
        refusal = plain.pop("refusal")
        return cls(**plain, refusal=Refusal(**refusal) if refusal else None)

    def to_text(self) -> str:
        return json.dumps(asdict(self))

    def data(self) -> QueryDict:
        """Return the answers as if they were posted together."""
        posted = QueryDict(mutable=True)
        for name, values in self.answers.items():
            posted.setlist(name, values)
        return posted

    def keep(self, posted: QueryDict, names: Iterable[str]) -> None:
        """Put what was posted under these names in place of what was answered before."""
        for name in names:
            if values := [str(value) for value in posted.getlist(name)]:
                self.answers[name] = values
            else:
                self.answers.pop(name, None)
        self.wrong_step, self.refusal, self.is_after_an_end = "", None, False


class DraftStore:
    """The draft of whoever sends a request, and the cookie that goes with it."""

    def __init__(self, request: HttpRequest, path: str) -> None:
        self.is_secure = request.is_secure()
        #: Where the form is: the cookie is sent nowhere else.
        self.path = path
        self.token = request.COOKIES.get(DRAFT_COOKIE, "")

    def read(self, *, lock: bool = False) -> Draft | None:
        text = read_draft(self.token, lock=lock) if self.token else None
        return None if text is None else Draft.from_text(text)

    def keep(self, draft: Draft) -> None:
        self.token = self.token or new_token()
        keep_draft(self.token, draft.to_text())

    def begin_anew(self) -> None:
        """Let what follows be kept under another token: that of an earlier draft is used up."""
        self.token = ""

    def erase(self) -> None:
        if self.token:
            erase_draft(self.token)
        self.token = ""

    def set_cookie(self, response: HttpResponse) -> None:
        """Hand out the token until the browser is closed, or take it back where nothing is kept.

        "Lax": whoever comes from another page of the site's visitors, or from a letter, finds their answers.
        """
        if not self.token:
            response.delete_cookie(DRAFT_COOKIE, path=self.path, samesite="Lax")
            return
        response.set_cookie(
            DRAFT_COOKIE, self.token, path=self.path, secure=self.is_secure, httponly=True, samesite="Lax"
        )
