import base64
import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from core.encryption import CannotOpen
from core.encryption.keyring import Keyring, keyring
from core.encryption.sealing import Place, open_sealed, seal

KEYS = Keyring("new", {"new": b"n" * 32, "old": b"o" * 32})
PLACE = Place("enquiries_enquiry", "sealed_contact", str(uuid.UUID(int=1)))


@given(st.text())
def test_what_is_sealed_opens_again(text):
    assert open_sealed(seal(text, PLACE, KEYS), PLACE, KEYS) == text


@given(st.text(), st.data())
def test_a_changed_value_never_opens(text, data):
    sealed = bytearray(seal(text, PLACE, KEYS))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        open_sealed(bytes(sealed), PLACE, KEYS)


@given(st.text(), st.data())
def test_a_cut_value_never_opens(text, data):
    sealed = seal(text, PLACE, KEYS)
    with pytest.raises(CannotOpen):
        open_sealed(sealed[: data.draw(st.integers(0, len(sealed) - 1))], PLACE, KEYS)


@given(st.text(), st.sampled_from(["table", "column", "row"]))
def test_a_moved_value_never_opens(text, part):
    elsewhere = Place(**{**PLACE.__dict__, part: "elsewhere"})
    with pytest.raises(CannotOpen):
        open_sealed(seal(text, PLACE, KEYS), elsewhere, KEYS)


@given(st.binary(max_size=80))
def test_what_was_never_sealed_does_not_open(noise):
    with pytest.raises(CannotOpen):
        open_sealed(noise, PLACE, KEYS)


def test_an_older_key_still_reads_and_a_lost_one_does_not():
    sealed = seal("words", PLACE, Keyring("old", {"old": b"o" * 32}))
    assert open_sealed(sealed, PLACE, KEYS) == "words"
    with pytest.raises(CannotOpen):
        open_sealed(sealed, PLACE, Keyring("new", {"new": b"n" * 32}))


@pytest.mark.parametrize(
    "entries",
    [
        [],
        ["no colon"],
        ["id:not base64!"],
        ["id:" + base64.b64encode(b"short").decode()],
        ["bad id:" + base64.b64encode(b"k" * 32).decode()],
        ["twice:" + base64.b64encode(b"k" * 32).decode()] * 2,
    ],
)
def test_a_faulty_key_is_refused_without_showing_it(settings, entries):
    settings.ENCRYPTION_KEYS = entries
    with pytest.raises(ImproperlyConfigured) as caught:
        keyring()
    assert not any(entry.partition(":")[2] in str(caught.value) for entry in entries if ":" in entry)
