from dataclasses import dataclass
from typing import Self

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User


@dataclass(frozen=True)
class Factors:
    """The second factors of a person: the authenticator app and the recovery codes."""

    app: Authenticator | None
    codes: Authenticator | None

    @classmethod
    def of(cls, person: User) -> Self:
        by_type = {factor.type: factor for factor in Authenticator.objects.filter(user_id=person.pk)}
        return cls(
            app=by_type.get(Authenticator.Type.TOTP),
            codes=by_type.get(Authenticator.Type.RECOVERY_CODES),
        )

    @property
    def is_set_up(self) -> bool:
        """Return whether there is an app. Recovery codes alone do not count: they replace an app for once."""
        return self.app is not None

    @property
    def ids(self) -> set[int]:
        return {factor.pk for factor in (self.app, self.codes) if factor}

    @property
    def codes_left(self) -> int:
        return len(self.codes.wrap().get_unused_codes()) if self.codes else 0
