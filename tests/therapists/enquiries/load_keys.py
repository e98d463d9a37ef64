"""New keys for ten thousand rows, stopped ten times: every row can be read at every moment."""

import base64
import itertools

from django.core.management import call_command
from django.db import connection

from core.encryption.keyring import keyring
from tests.factories.enquiries import stored_enquiry
from therapists.enquiries.models import LegalHold

ROWS = 10_000


def columns() -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM enquiries_legalhold")
        return [bytes(value) for (value,) in cursor.fetchall()]


def test_ten_thousand_rows_move_to_a_new_key_though_it_is_stopped_ten_times(
    enquiries_practice, matcher, settings, monkeypatch, record_property
):
    enquiry = stored_enquiry(enquiries_practice.grief.pk)
    # Lifted, for one that holds may be there once.
    LegalHold.objects.bulk_create(
        LegalHold(
            enquiry=enquiry, reason=f"Reason {number}", placed_by=matcher, lifted_at=enquiry.received_at
        )
        for number in range(ROWS)
    )
    settings.ENCRYPTION_KEYS = ["fresh:" + base64.b64encode(b"f" * 32).decode(), settings.ENCRYPTION_KEYS[0]]
    save, saved = LegalHold.save, itertools.count(1)

    def save_some(self, **kwargs):
        if next(saved) % 900 == 0 and stops < 10:
            raise KeyboardInterrupt
        save(self, **kwargs)

    monkeypatch.setattr(LegalHold, "save", save_some)
    stops = 0
    while True:
        try:
            call_command("reencrypt_secrets")
            break
        except KeyboardInterrupt:
            stops += 1
            assert sum(hold.reason.startswith("Reason ") for hold in LegalHold.objects.all()) == ROWS
    assert stops == 10
    newest = keyring().current_id.encode()
    assert all(newest in value[:40] for value in columns())
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    assert {hold.reason for hold in LegalHold.objects.all()} == {f"Reason {number}" for number in range(ROWS)}
    assert b"Reason" not in b"".join(columns())
    record_property(
        "figure", f"{ROWS} rows, stopped {stops} times: all readable each time, none left on the old key"
    )
