"""The one error that a port raises: what happened, what was kept, what to do next."""


class PortError(Exception):
    """A call to the library, projects or context failed."""

    def __init__(self, what: str, kept: str = "", advice: str = "", correlation_id: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.kept = kept
        self.advice = advice
        self.correlation_id = correlation_id
