"""The one error of this package: a file is refused, and the sentence that says why."""


class Refused(Exception):
    """The file can't be taken. `why` completes the sentence "<file name> ..."."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
