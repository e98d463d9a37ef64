import base64

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from core.encryption import CannotOpen, Sealed
from tests.factories.enquiries import stored_enquiry
from therapists.enquiries.models import Enquiry


def test_the_database_holds_no_words(enquiry):
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_contact, sealed_free_text FROM enquiries_enquiry")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"Sam" not in stored
    assert b"Hello" not in stored
    assert Enquiry.objects.get().contact.name == "Sam Sample"


def test_swapped_rows_and_columns_are_refused(enquiry, enquiries_practice):
    other = stored_enquiry(enquiries_practice.panic.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enquiries_enquiry a SET sealed_contact = b.sealed_contact FROM enquiries_enquiry b"
            " WHERE a.id = %s AND b.id = %s",
            [enquiry.pk, other.pk],
        )
        cursor.execute(
            "UPDATE enquiries_enquiry SET sealed_free_text = sealed_contact WHERE id = %s", [other.pk]
        )
    with pytest.raises(CannotOpen):
        _ = Enquiry.objects.get(pk=enquiry.pk).contact
    with pytest.raises(CannotOpen):
        _ = Enquiry.objects.get(pk=other.pk).free_text


def test_a_sealed_value_is_never_filtered_updated_or_printed(enquiry):
    with pytest.raises(TypeError):
        Enquiry.objects.filter(sealed_contact="Sam").exists()
    with pytest.raises(TypeError), transaction.atomic():
        Enquiry.objects.update(sealed_contact="Sam")
    value = Enquiry.objects.values_list("sealed_contact", flat=True).get()
    assert isinstance(value, Sealed)
    assert f"{value} {value!r}" == "<sealed> <sealed>"
    assert "Sam" not in f"{enquiry!r} {enquiry.contact!r} {enquiry.free_text!r} {enquiry.answers()!r}"


def test_reencryption_moves_every_value_to_the_new_key(enquiry, enquiries_practice, settings, capsys):
    stored_enquiry(enquiries_practice.panic.pk)
    old_key = settings.ENCRYPTION_KEYS[0]
    settings.ENCRYPTION_KEYS = ["fresh:" + base64.b64encode(b"f" * 32).decode(), old_key]
    call_command("reencrypt_secrets")
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    assert [row.contact.name for row in Enquiry.objects.all()] == ["Sam Sample"] * 2
    assert "2" in capsys.readouterr().out


def test_reencryption_stopped_midway_leaves_all_readable(enquiry, enquiries_practice, settings, monkeypatch):
    for _ in range(3):
        stored_enquiry(enquiries_practice.panic.pk)
    old_key = settings.ENCRYPTION_KEYS[0]
    settings.ENCRYPTION_KEYS = ["fresh:" + base64.b64encode(b"f" * 32).decode(), old_key]
    save, saved = Enquiry.save, []

    def save_twice(self, **kwargs):
        if len(saved) == 2:
            raise KeyboardInterrupt
        saved.append(self)
        save(self, **kwargs)

    monkeypatch.setattr(Enquiry, "save", save_twice)
    with pytest.raises(KeyboardInterrupt):
        call_command("reencrypt_secrets")
    assert [row.contact.name for row in Enquiry.objects.all()] == ["Sam Sample"] * 4
