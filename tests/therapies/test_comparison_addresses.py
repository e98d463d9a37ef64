import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.comparing import pairs

names = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,12}[a-z0-9])?", fullmatch=True)
sets_of_names = st.lists(names, min_size=2, max_size=4, unique=True)


@given(sets_of_names)
def test_an_address_can_be_read_back_as_the_names_it_was_made_from(chosen):
    assert tuple(sorted(chosen)) in pairs.readings(pairs.address(chosen))


@given(sets_of_names, st.randoms())
def test_the_order_and_the_case_of_the_names_do_not_change_the_address(chosen, random):
    shuffled = [name.upper() for name in chosen]
    random.shuffle(shuffled)
    assert pairs.address(shuffled) == pairs.address(chosen)


@given(sets_of_names)
def test_an_address_whose_names_are_all_known_reads_to_known_names(chosen):
    read = pairs.read(pairs.address(chosen), set(chosen))
    assert read is not None
    assert set(read) <= set(chosen)


@given(st.text(max_size=500))
def test_any_text_is_read_without_trouble(text):
    for reading in pairs.readings(text):
        assert pairs.FEWEST <= len(reading) <= pairs.MOST
        assert all(reading)
        assert pairs.SEPARATOR.join(reading) == text.lower()


def test_a_name_may_contain_the_separator():
    known = {"cbt-vs-worry", "act"}
    assert pairs.read("act-vs-cbt-vs-worry", known) == ("act", "cbt-vs-worry")
    assert pairs.read("cbt-vs-worry-vs-act", known) == ("cbt-vs-worry", "act")


def test_a_name_may_touch_the_separator():
    assert pairs.read("a-vs-vs-b", {"a-vs", "b"}) == ("a-vs", "b")
    assert pairs.read("a-vs-vs-b", {"a", "vs-b"}) == ("a", "vs-b")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dit",
        "dit-vs-",
        "-vs-dit",
        "-vs-",
        "dit-vs-dit",
        "dit-vs-unknown",
        "dit vs ipt",
        "a-vs-" * 9 + "a",
    ],
)
def test_what_names_no_two_known_therapies_is_not_read(text):
    assert pairs.read(text, {"dit", "ipt", "a"}) is None


def test_an_address_made_to_be_slow_is_given_up():
    assert pairs.read("-vs-".join(["a"] * 60), {"a"}) is None
    assert not list(pairs.readings("a-vs-b" * 100))
