"""Another front end: reads the form as JSON, previews the suggestions, and sends the answers."""

import uuid

DOOR = "/api/v2/"


class FrontEnd:
    def __init__(self, client, practice):
        self.client = client
        self.practice = practice

    def form(self):
        response = self.client.get(f"{DOOR}matching/")
        assert response.status_code == 200, response.content
        return response.json()

    def questions(self):
        return {question["name"]: question for step in self.form()["steps"] for question in step["questions"]}

    def answers(self, **other):
        """Plain answers to every question that needs one, with what the form gives along."""
        form = self.form()
        return {
            "ticket": form["ticket"],
            "consent_version": form["consent"]["version"],
            "consent": True,
            "adult": "yes",
            "needs_help_today": "no",
            "main_concern": str(self.practice.grief.pk),
            "formats": ["video"],
            "client_group": "individual",
            "slots": ["0-morning"],
            "choice": "practice",
            "name": "Sam Sample",
            "email": "sam@example.org",
            "safe_to_email": "yes",
            **other,
        }

    def asks(self, **other):
        """The suggestions for plain answers; None takes an answer away."""
        return self.posts("matching/suggestions/", self.answers(**other))

    def sends(self, answers=None, key=None, place="enquiries/", **headers):
        headers = {"idempotency-key": str(key or uuid.uuid4())} | headers
        return self.posts(place, self.answers() if answers is None else answers, headers)

    def posts(self, place, answers, headers=None):
        return self.client.post(DOOR + place, answers, content_type="application/json", headers=headers or {})


def problem(response, status=400):
    """The errors of a refusal, by name."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    return response.json().get("errors", {})
