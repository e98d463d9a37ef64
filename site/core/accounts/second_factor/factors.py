from dataclasses import dataclass
from typing import Self

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User


@dataclass(frozen=True)
class Factors:
    """The second factors of a person: the authenticator app, passkeys and the recovery codes."""

    app: Authenticator | None
    passkeys: tuple[Authenticator, ...]
    codes: Authenticator | None

    @classmethod
    def of(cls, person: User) -> Self:
        found = list(Authenticator.objects.filter(user_id=person.pk).order_by("pk"))
        by_type = {factor.type: factor for factor in found}
        return cls(
            passkeys=tuple(factor for factor in found if factor.type == Authenticator.Type.WEBAUTHN),
            app=by_type.get(Authenticator.Type.TOTP),
            codes=by_type.get(Authenticator.Type.RECOVERY_CODES),
        )

    @property
    def is_set_up(self) -> bool:
        """Return whether there is an app or a passkey. A recovery code replaces one for once."""
        return self.app is not None or bool(self.passkeys)

    @property
    def ids(self) -> set[int]:
        return {factor.pk for factor in (self.app, *self.passkeys, self.codes) if factor}

    @property
    def codes_left(self) -> int:
        return len(self.codes.wrap().get_unused_codes()) if self.codes else 0
