"""A receiver with a certificate: one that is trusted, and one that is not."""

import ssl
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from core.webhooks.http_client import NoAnswer, post
from tests.factories.webhooks import listening


@pytest.fixture
def receiver(tmp_path, settings):
    settings.WEBHOOK_ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]),
    )
    now = timezone.now()
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    with listening(context) as receiver:
        yield receiver


def test_a_certificate_that_is_trusted(receiver, tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    assert post(f"{receiver.url}?a=b", b"{}", {"x": "y"}) == 200
    [received] = receiver.received
    assert received.path == "/hook?a=b"
    assert received.headers["host"] == receiver.url.removeprefix("https://").removesuffix("/hook")


def test_a_certificate_of_nobody_and_one_of_another_name(receiver, tmp_path, monkeypatch):
    with pytest.raises(NoAnswer, match="SSLCertVerificationError"):
        post(receiver.url, b"{}", {})
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    with pytest.raises(NoAnswer, match="SSLCertVerificationError"):
        post(receiver.url.replace("localhost", "127.0.0.1"), b"{}", {})
    assert receiver.received == []
