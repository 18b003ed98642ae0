"""The drawn tree of what can go wrong: each error is one kind of problem with its HTTP status."""


class ServiceError(Exception):
    """What happened, what was kept, what to do next; `status` is the HTTP status it is answered with."""

    status = 500
    title = "Something went wrong"
    kind = "internal"

    def __init__(
        self, what: str, kept: str = "", advice: str = "", *, headers: dict[str, str] | None = None, **extra: object
    ) -> None:
        super().__init__(what)
        self.headers = headers or ({"WWW-Authenticate": "Bearer"} if self.status == 401 else {})
        self.what = what
        self.kept = kept
        self.advice = advice
        self.extra = extra


class NotFound(ServiceError):
    """There is no such thing."""

    status, title, kind = 404, "Not found", "not-found"


class Refused(ServiceError):
    """The request was understood and cannot be done as asked."""

    status, title, kind = 422, "The request does not hold", "refused"


class StaleVersion(ServiceError):
    """Somebody saved in between."""

    status, title, kind = 409, "The scene has moved on", "stale-version"


class KeyReused(ServiceError):
    """An idempotency key came back with another request."""

    status, title, kind = 409, "The idempotency key belongs to another request", "key-reused"


class RunThere(ServiceError):
    """A run of this name was posted before."""

    status, title, kind = 409, "There is such a run already", "run-there"


class NotAllowed(ServiceError):
    """The token, host or origin is not the one of this launch."""

    status, title, kind = 401, "Not allowed", "not-allowed"


class CodeCopied(NotAllowed):
    """A code was used twice: its sign-in has just been ended."""

    def __init__(self, tenant: str) -> None:
        super().__init__("This sign-in has ended: its code was used before.", "Nothing was changed.", "Sign in again.")
        self.tenant = tenant


class WrongDoor(ServiceError):
    """The request came through a foreign host name or web page."""

    status, title, kind = 403, "Not allowed from there", "wrong-door"


class TooLarge(ServiceError):
    """The body is larger than the service reads."""

    status, title, kind = 413, "The request is too large", "too-large"


class HeadersTooLarge(ServiceError):
    """More headers than the service reads."""

    status, title, kind = 431, "The request's headers are too large", "headers-too-large"


class TooManyRequests(ServiceError):
    """A rate limit."""

    status, title, kind = 429, "Too many requests", "too-many-requests"
    is_of_address = False
    """Whether it is the address that asked too often, and not a caller who was verified."""


class QuotaReached(ServiceError):
    """The tenant has as much of something as it may have."""

    status, title, kind = 403, "Your team's quota is used up", "quota-reached"


class DiskFull(ServiceError):
    """No room is left for a write."""

    status, title, kind = 507, "The disk is full", "disk-full"


class DiskReadOnly(ServiceError):
    """The data folder cannot be written."""

    status, title, kind = 507, "The data folder cannot be written", "disk-read-only"


class DiskFails(ServiceError):
    """The disk or the database file does not answer as it should."""

    status, title, kind = 503, "The database cannot be reached", "disk-fails"


class Damaged(ServiceError):
    """Stored content no longer matches the digest it was stored with."""

    status, title, kind = 500, "Stored content is damaged", "damaged"


class Undecodable(ServiceError):
    """A picture cannot be shown."""

    status, title, kind = 422, "The picture cannot be shown", "undecodable"


class NewerSchema(ServiceError):
    """The data folder was written by a newer program."""

    title, kind = "The library was made by a newer version", "newer-schema"


class DatabaseAway(ServiceError):
    """The database server is down, starting, full or too busy."""

    status, title, kind = 503, "The database cannot be reached", "database-away"


class UnsafeRole(ServiceError):
    """The service would run with more rights than it may have."""

    title, kind = "The service has too many rights", "unsafe-role"


class OlderSchema(ServiceError):
    """The shared database has not been migrated to this program's schema yet."""

    title, kind = "The database has to be migrated", "older-schema"


class TokenExpired(ServiceError):
    """The token was good once."""

    status, title, kind = 401, "The token has expired", "token-expired"


class RoleTooLow(ServiceError):
    """The caller is known and may not do this."""

    status, title, kind = 403, "Your role does not allow this", "role-too-low"


class IssuerAway(ServiceError):
    """The identity provider cannot be asked."""

    status, title, kind = 503, "The sign-in service cannot be reached", "issuer-away"
