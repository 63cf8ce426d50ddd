"""Links in mails to people who need no account: each is signed, stands for one row, and is of use for one purpose."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

CONFIRM, STOP = "confirm", "stop"


@dataclass(frozen=True, slots=True)
class Links:
    """Those to the rows of one kind. `of` names the kind: a token of another kind's is none of this one's."""

    of: str

    def token(self, purpose: str, key: object) -> str:
        return self._signer(purpose).sign(str(key))

    def key(self, purpose: str, token: str) -> str | None:
        """What `token` was made of for that purpose; None, which no row has, where it was not."""
        try:
            return self._signer(purpose).unsign(token)
        except BadSignature:
            return None

    def _signer(self, purpose: str) -> Signer:
        return Signer(salt=f"{self.of}.{purpose}")
