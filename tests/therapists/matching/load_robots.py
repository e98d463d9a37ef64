"""Two thousand posts of robots, of which next to none gets through, and five hundred people, who all do."""

import uuid
from datetime import timedelta

from therapists.enquiries.models import Enquiry
from therapists.matching.form import ticket

ROBOTS, PEOPLE = 2_000, 500


def test_robots_are_stopped_and_people_are_not(front_end, monkeypatch, record_property):
    """A robot sends a used ticket, one that it made up, one too soon, or fills in what people do not see."""
    used = front_end.answers()
    assert front_end.sends(used).status_code == 201
    fresh = front_end.answers()
    tricks = [
        lambda number: used | {"message": f"Buy {number}"},
        lambda number: fresh | {"ticket": f"made-up-{number}"},
        lambda number: {name: value for name, value in fresh.items() if name != "ticket"},
        lambda number: fresh | {"website": f"https://spam.example/{number}"},
        lambda number: fresh | {"message": "too soon"},
    ]
    came_through = 0
    for number in range(ROBOTS):
        trick = tricks[number % len(tricks)]
        is_too_soon = trick is tricks[-1]
        monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(hours=1) if is_too_soon else timedelta(0))
        before = Enquiry.objects.count()
        front_end.sends(trick(number), uuid.uuid4())
        came_through += Enquiry.objects.count() - before
    assert came_through <= ROBOTS / 100
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))
    refused = sum(
        front_end.sends(front_end.answers(), uuid.uuid4()).status_code != 201 for _one in range(PEOPLE)
    )
    assert refused == 0
    record_property(
        "figure",
        f"{ROBOTS - came_through} of {ROBOTS} posts of robots stopped, {refused} of {PEOPLE} people refused",
    )
