"""The one error that a port raises: what happened, what was kept, what to do next."""


class PortError(Exception):
    """A call to the library, projects or context failed."""

    transient = True
    """Whether the same call may succeed a moment later; a subclass that knows better says no."""

    def __init__(self, what: str, kept: str = "", advice: str = "", correlation_id: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.kept = kept
        self.advice = advice
        self.correlation_id = correlation_id
