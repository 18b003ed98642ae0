"""The caller of a request: a tenant, a user and a role, all from what was verified and from nothing else."""

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

Role = Literal["viewer", "creator", "curator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most: each may do what those before it may."""
TENANT_PATTERN = r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$"
LOCAL = "local"
"""The one tenant, and the one user, of an embedded platform."""


@dataclass(frozen=True)
class Caller:
    """Who sends a request."""

    tenant: str
    user: str
    role: Role
    sign_in: str = ""
    """The sign-in that the caller's token came from; empty for keys and for other issuers' tokens."""

    def may(self, role: Role) -> bool:
        """Whether the caller has at least this role."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Gate(Protocol):
    """Turns what stands in the Authorization header into a caller."""

    async def admit(self, credential: str) -> Caller:
        """The caller that the bearer credential proves; raises NotAllowed or TokenExpired."""
        ...
