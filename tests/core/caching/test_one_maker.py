"""What many want at once is made by one of them, and nobody waits for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.caching.content_memory import answering, remembered
from core.caching.one_maker import OneMaker

CROWD = 4


def ask_at_once(ask):
    together = threading.Barrier(CROWD)

    def one():
        together.wait()
        return ask()

    with ThreadPoolExecutor(CROWD) as crowd:
        return [asked.result() for asked in [crowd.submit(one) for _ in range(CROWD)]]


def test_what_a_crowd_reads_for_its_answers_is_read_once(epoch):
    epoch.number = 1
    reads = []

    @remembered
    def words(of):
        reads.append(of)
        threading.Event().wait(0.2)
        return f"words of {of}"

    def answer():
        with answering():
            return words("pages")

    assert ask_at_once(answer) == ["words of pages"] * CROWD
    assert reads == ["pages"]


def test_each_reads_for_itself_where_changes_are_not_heard_of(epoch):
    epoch.number = None
    together = threading.Barrier(CROWD)
    read_together = remembered(lambda: together.wait(5) >= 0)

    def answer():
        with answering():
            return read_together()

    assert ask_at_once(answer) == [True] * CROWD


def test_what_could_not_be_made_is_made_by_the_next():
    one_maker, tried = OneMaker(longest_wait=5), []

    def make():
        with one_maker.making("a"):
            tried.append("a")
            if len(tried) < CROWD:
                raise LookupError

    with pytest.raises(LookupError):
        ask_at_once(make)
    assert len(tried) == CROWD


def test_nobody_waits_for_ever_for_one_that_hangs():
    one_maker, woken = OneMaker(longest_wait=0.05), threading.Event()

    def hang():
        with one_maker.making("a"):
            woken.wait(5)

    hanging = threading.Thread(target=hang)
    hanging.start()
    with one_maker.making("a"):
        assert hanging.is_alive()
    with one_maker.making("b"):
        woken.set()
    hanging.join()
