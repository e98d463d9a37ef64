"""Uploads in a bucket: what the site puts there, who may fetch what, and that it all comes back."""

import io
import json
from collections.abc import Iterator
from datetime import date

import boto3
import httpx
import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.test import Client, override_settings
from moto.server import ThreadedMotoServer
from pyrage.x25519 import Identity
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from core.backups import folders
from core.backups.media_archive import all_names, restore_media
from core.bucket_storages import bucket_storages
from core.models import PracticeRendition
from tests.factories.home import PracticeImageFactory
from therapists.enquiries.services.erasures import Erasure, forget_old, keep_erasure

PUBLIC = "https://pictures.example.org"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(endpoint: str, settings, monkeypatch) -> Iterator:
    """A new bucket, in which the site keeps its uploads."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    client = boto3.resource("s3", endpoint_url=endpoint, region_name="eu-west-2")
    bucket = client.create_bucket(
        Bucket="practice", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    settings.STORAGES = settings.STORAGES | bucket_storages(
        "practice", endpoint=endpoint, region="eu-west-2", public_url=PUBLIC
    )
    settings.WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


def names(bucket) -> set[str]:
    return {one.key for one in bucket.objects.all()}


def test_pictures_are_shown_from_the_public_address_and_originals_from_none(
    db, bucket, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    # The field has asked for its storage when the code was loaded.
    monkeypatch.setattr(PracticeRendition._meta.get_field("file"), "storage", storages["renditions"])
    image = PracticeImageFactory()
    rendition = image.get_rendition("width-10|format-webp")
    assert names(bucket) == {f"media/{image.file.name}", f"media/{rendition.file.name}"}
    assert rendition.url == f"{PUBLIC}/media/{rendition.file.name}"
    shown = bucket.Object(f"media/{rendition.file.name}").get()
    assert shown["CacheControl"] == "public, max-age=2592000"
    let_anyone_read(bucket, "media/images/*")
    unsigned = image.file.url.partition("?")[0]
    assert httpx.get(unsigned.replace(image.file.name, rendition.file.name)).status_code == 200
    assert httpx.get(unsigned).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert names(bucket) == set()


def test_documents_pass_through_the_site_which_asks_who_may_have_them(db, bucket, client: Client) -> None:
    document = Document.objects.create(title="Leaflet", file=ContentFile(b"words", name="leaflet.txt"))
    assert names(bucket) == {"media/documents/leaflet.txt"}
    address = document.url
    assert address.startswith("/documents/")
    answer = client.get(address)
    assert (answer.status_code, answer.getvalue()) == (200, b"words")
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type=CollectionViewRestriction.LOGIN
    )
    refused = client.get(address)
    assert refused.status_code == 302
    assert "login" in refused.url


def test_uploads_come_back_from_a_backup(db, bucket, tmp_path) -> None:
    key = Identity.generate()
    uploads = {"documents/a.txt": b"a" * 3_000_000, "images/b.webp": b"", "original_images/ü.png": b"c"}
    for name, content in uploads.items():
        default_storage.save(name, ContentFile(content))
    keep_erasure(Erasure(date(2026, 11, 28), "test", "0" * 64).name)
    assert set(all_names()) == set(uploads)  # what was erased is noted beside them
    with override_settings(BACKUP_RECIPIENTS=[f"{key.to_public()}"], BACKUP_ROOT=tmp_path):
        call_command("backup", stdout=io.StringIO())
        archive = folders.latest() / "media.tar.age"
    default_storage.delete("documents/a.txt")
    default_storage.save("images/b.webp", ContentFile(b"another"))
    assert restore_media(f"{archive}", [key]) == 3
    for name, content in uploads.items():
        with default_storage.open(name) as file:
            assert file.read() == content, name


def test_what_was_erased_is_noted_beside_the_uploads(db, bucket) -> None:
    note = Erasure(date(2026, 11, 28), "test", "0" * 64)
    keep_erasure(note.name)
    keep_erasure(note.name)
    assert names(bucket) == {f"erasures/{note.name}"}
    keep_erasure(Erasure(date(2020, 1, 1), "test", "0" * 64).name)
    forget_old()
    assert names(bucket) == {f"erasures/{note.name}"}


def let_anyone_read(bucket, keys: str) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::practice/{keys}",
    }
    bucket.Policy().put(Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def found(tag: str) -> list[str]:
    return [message.msg for message in run_checks(tags=[tag], include_deployment_checks=True)]


def test_a_bucket_that_shows_everything_to_everyone_is_found(db, bucket, endpoint: str, settings) -> None:
    settings.MEDIA_BUCKET, settings.MEDIA_PUBLIC_URL = "practice", f"{endpoint}/practice"
    assert found("files") == []
    let_anyone_read(bucket, "*")
    [said] = found("files")
    assert said.startswith(f"Anyone may fetch originals and documents: {endpoint}/practice/media/")
    assert names(bucket) == set()


def test_a_bucket_that_is_away_is_found(db, settings, monkeypatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    settings.MEDIA_BUCKET = "practice"
    settings.STORAGES = settings.STORAGES | bucket_storages(
        "practice", endpoint="http://127.0.0.1:9", region="eu-west-2", public_url=PUBLIC
    )
    said = found("files")
    assert len(said) == 3
    assert said[0].startswith("The storage “default” cannot be used: EndpointConnectionError")


def test_pictures_need_a_public_address() -> None:
    with pytest.raises(ImproperlyConfigured, match="MEDIA_PUBLIC_URL"):
        bucket_storages("practice", endpoint="", region="", public_url="")
