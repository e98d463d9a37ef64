import base64
import hashlib
import hmac

from core.webhooks import signing

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'
MESSAGE, TIMESTAMP = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330


def test_a_signature_is_what_the_specification_says():
    """The example of the specification."""
    assert (
        signing.signature(SECRET, MESSAGE, TIMESTAMP, BODY)
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_each_secret_signs():
    other = signing.new_secret()
    headers = signing.headers([SECRET, other], MESSAGE, TIMESTAMP, BODY)
    first, second = headers["webhook-signature"].split(" ")
    assert first == signing.signature(SECRET, MESSAGE, TIMESTAMP, BODY)
    key = base64.b64decode(other.removeprefix("whsec_"))
    expected = hmac.new(key, f"{MESSAGE}.{TIMESTAMP}.".encode() + BODY, hashlib.sha256).digest()
    assert second == f"v1,{base64.b64encode(expected).decode()}"
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == (MESSAGE, str(TIMESTAMP))


def test_secrets_are_long_and_never_the_same():
    made = {signing.new_secret() for _ in range(20)}
    assert len(made) == 20
    assert {len(base64.b64decode(secret.removeprefix("whsec_"))) for secret in made} == {32}
