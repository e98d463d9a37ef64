from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from core.backups import BackupError
from core.backups.restoring import bring_up_to_date
from tests.factories.enquiries import stored_enquiry
from therapists.enquiries.models import Enquiry
from therapists.enquiries.services import retention
from therapists.enquiries.services.erasures import KEPT_FOR, erased_since, forget_old, keep_erasure

OTHER_KEY = "2027:" + "B" * 42 + "A="


@pytest.fixture
def noted(tmp_path, monkeypatch):
    """The folder in which erasures are noted."""
    monkeypatch.setattr(storages["erasures"], "base_location", str(tmp_path))
    monkeypatch.setattr(storages["erasures"], "location", str(tmp_path))
    return tmp_path


def note_erasures() -> None:
    for job in ProcrastinateJob.objects.filter(task_name=keep_erasure.name):
        keep_erasure(**job.args)


def test_an_erasure_is_noted_without_a_word_about_the_person(noted, enquiry):
    reference, key = enquiry.reference, enquiry.pk
    retention.erase(key)
    note_erasures()
    note_erasures()  # a job may run twice
    [note] = noted.iterdir()
    (noted / ".DS_Store").touch()
    assert note.read_bytes() == b""
    assert reference not in note.name
    assert str(key) not in note.name
    forget_old()
    assert note.exists()
    note.rename(note.with_name(note.name.replace(note.name[:10], f"{timezone.now() - KEPT_FOR:%Y-%m-%d}")))
    forget_old()
    assert len([*noted.iterdir()]) == 2
    with pytest.MonkeyPatch.context() as patch:
        later = timezone.now() + timedelta(days=1)
        patch.setattr(timezone, "now", lambda: later)
        forget_old()
    assert [path.name for path in noted.iterdir()] == [".DS_Store"]


def test_a_restore_says_where_nothing_is_noted_or_a_key_is_missing(noted, enquiry):
    made_at = timezone.now()
    [said] = bring_up_to_date(made_at)
    assert said == (
        "No erasure is noted. If any was, bring those notes back, "
        f"and run: manage.py erase_again {made_at:%Y-%m-%d}"
    )
    retention.remember(enquiry)
    note_erasures()
    with override_settings(ENCRYPTION_KEYS=[OTHER_KEY]), pytest.raises(BackupError, match="lacks test"):
        bring_up_to_date(made_at)
    assert bring_up_to_date(made_at) == ["Erased again what was erased since then: 1."]


def test_what_a_provider_restored_is_erased_again(noted, enquiry, enquiries_practice, capsys):
    other = stored_enquiry(enquiries_practice.grief.pk)
    retention.remember(enquiry)  # and yet it is there: the database was restored
    note_erasures()
    today = timezone.now().date()
    assert erased_since(today + timedelta(days=1)) == []
    with override_settings(ENCRYPTION_KEYS=[OTHER_KEY]), pytest.raises(CommandError, match="lacks test"):
        call_command("erase_again", str(today))
    call_command("erase_again", str(today))
    assert capsys.readouterr().out == "Erased again: 1.\n"
    assert Enquiry.objects.get() == other
