"""Content is read once for an answer, once for an epoch where changes are heard of, and else every time."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Collection

from core.caching import content_memory
from core.caching.content_memory import (
    answering,
    is_answering,
    remembered,
    remembered_by_id,
    remembered_until_change_of,
)
from core.middleware.content_memory import ContentMemoryMiddleware


class Source:
    """What a function reads, and how often it did."""

    def __init__(self):
        self.asked = []
        self.of = remembered(self._read)
        self.of_ids = remembered_by_id(self._read_many)

    def _read(self, name):
        self.asked.append(name)
        return None if name == "nothing" else name.upper()

    def _read_many(self, ids):
        self.asked.append(sorted(ids))
        return {pk: str(pk) for pk in ids if pk < 100}


@pytest.fixture
def source():
    return Source()


def test_one_answer_reads_each_thing_once(source):
    with answering():
        assert [source.of("a"), source.of("b"), source.of("a")] == ["A", "B", "A"]
        assert [source.of("nothing"), source.of("nothing")] == [None, None]
    assert source.asked == ["a", "b", "nothing"]


def test_the_next_answer_reads_anew_where_changes_are_not_heard_of(source, epoch):
    epoch.number = None
    for _ in range(2):
        with answering():
            source.of("a")
    assert source.asked == ["a", "a"]


def test_answers_of_one_epoch_share_what_was_read_and_those_of_the_next_do_not(source, epoch):
    for epoch.number in (1, 1, 2):
        with answering():
            source.of("a")
    assert source.asked == ["a", "a"]


def test_an_answer_that_began_before_a_change_leaves_nothing_to_those_that_begin_after_it(source, epoch):
    epoch.number = 1
    with answering():
        epoch.number = 2
        source.of("a")
    with answering():
        source.of("a")
    assert source.asked == ["a", "a"]


def test_after_a_minute_it_is_read_anew_because_the_clock_changes_content_too(source, epoch, monkeypatch):
    epoch.number = 1
    now = 1000.0
    monkeypatch.setattr(content_memory.time, "monotonic", lambda: now)
    for moment in (1000.0, 1059.0, 1060.0):
        now = moment
        with answering():
            source.of("a")
    assert source.asked == ["a", "a"]


def test_what_depends_on_one_model_outlives_changes_of_others_and_the_clock(source, epoch, monkeypatch):
    read = remembered_until_change_of(Collection)(source._read)
    now = 1000.0
    monkeypatch.setattr(content_memory.time, "monotonic", lambda: now)
    for change, asked in [((), 1), (("wagtailcore_page",), 1), (("wagtailcore_collection",), 2)]:
        epoch.number += 1
        epoch.unchanged = {"wagtailcore_collection", "wagtailcore_page"}.difference(change)
        now += 100
        with answering():
            read("a")
        assert len(source.asked) == asked, change
    for epoch.number in (None, None):
        with answering():
            read("a")
    assert len(source.asked) == 4


def test_values_of_yesterday_make_room_for_those_of_today(source, epoch, monkeypatch):
    today = timezone.localdate()
    for ahead in (0, 1):
        monkeypatch.setattr(content_memory.timezone, "localdate", lambda day=today + timedelta(ahead): day)
        with answering():
            source.of(f"day {ahead}")
    assert len(content_memory._of_the_epoch) == 1


def test_records_are_asked_for_together_and_only_those_that_are_not_known(source):
    with answering():
        assert source.of_ids([3, 1, 3]) == {3: "3", 1: "1"}
        assert list(source.of_ids([200, 1, 2, 3])) == [1, 2, 3]
        assert source.of_ids([200]) == {}
        assert source.of_ids([]) == {}
    assert source.asked == [[1, 3], [2, 200]]


def test_records_are_bounded_and_leave_other_values_where_they_are(source, epoch, monkeypatch):
    monkeypatch.setattr(content_memory, "MOST_VALUES", 10)
    epoch.number = 1
    with answering():
        source.of("navigation")
    for start in range(0, 50, 5):
        with answering():
            source.of_ids(range(start, start + 5))
    assert len(content_memory._records_of_the_epoch) == 10
    source.asked.clear()
    with answering():
        source.of("navigation")
    assert source.asked == []


def test_other_values_are_bounded(source, epoch, monkeypatch):
    monkeypatch.setattr(content_memory, "MOST_VALUES", 10)
    epoch.number = 1
    for number in range(20):
        with answering():
            source.of(f"{number}")
    assert len(content_memory._of_the_epoch) == 10


@pytest.mark.parametrize(("method", "remembers"), [("get", True), ("head", True), ("post", False)])
def test_only_a_request_that_changes_nothing_remembers(method, remembers):
    told = []
    middleware = ContentMemoryMiddleware(lambda request: told.append(is_answering()))
    middleware(getattr(RequestFactory(), method)("/"))
    assert told == [remembers]
    assert not is_answering()


def test_a_page_previewed_while_another_answer_is_made_shares_its_memory(source):
    with answering():
        source.of("a")
        with answering():
            source.of("a")
        source.of("a")
    assert source.asked == ["a"]
