"""What codes are made from is sealed in the database, and moves to new keys like the rest."""

import base64
import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection

from core.accounts.second_factor import secret_storage as sealing
from core.encryption import CannotOpen
from tests.core.accounts.second_factor.conftest import PASSWORD
from tests.factories.second_factor import sign_in


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator ORDER BY id")
        return [json.loads(row) for (row,) in cursor.fetchall()]


def test_the_database_holds_no_secret(app):
    phone, codes = stored()
    assert set(phone) == {"secret"}
    assert app not in phone["secret"]
    assert base64.b32decode(app) not in base64.b64decode(phone["secret"])
    assert sealing.open_secret(phone["secret"]) == app
    assert b"test" in base64.b64decode(codes["seed"])[:8], "the key id is not named"


def test_what_was_changed_opens_nothing(client, ada, app):
    phone = Authenticator.objects.get(type="totp")
    sealed = bytearray(base64.b64decode(phone.data["secret"]))
    sealed[-1] ^= 1
    phone.data["secret"] = base64.b64encode(sealed).decode()
    phone.save()
    with pytest.raises(CannotOpen):
        sign_in(client, ada, PASSWORD, app)


@pytest.fixture
def fresh_key(settings):
    settings.ENCRYPTION_KEYS = [
        "fresh:" + base64.b64encode(b"f" * 32).decode(),
        *settings.ENCRYPTION_KEYS,
    ]
    return settings.ENCRYPTION_KEYS[:1]


def test_secrets_move_to_the_newest_key(client, ada, app, fresh_key, settings, capsys):
    before = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    call_command("reencrypt_secrets")
    assert "2 rows" in capsys.readouterr().out
    settings.ENCRYPTION_KEYS = fresh_key
    assert Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes() == before
    sign_in(client, ada, PASSWORD, app)
    assert client.get("/admin/").status_code == 200
    call_command("reencrypt_secrets")
    assert "0 rows" in capsys.readouterr().out


def test_stopped_midway_all_stay_readable(ada, app, fresh_key, monkeypatch):
    seal = sealing.seal_secret
    sealed = []

    def seal_one(text):
        if sealed:
            raise KeyboardInterrupt
        sealed.append(text)
        return seal(text)

    with monkeypatch.context() as stopped, pytest.raises(KeyboardInterrupt):
        stopped.setattr(sealing, "seal_secret", seal_one)
        sealing.reseal_stale()
    assert sealing.open_secret(stored()[0]["secret"]) == app
    assert sealing.open_secret(stored()[1]["seed"])
    assert sealing.reseal_stale() == 1
