"""The two errors of this package: a file is refused, or no file can be decoded at all."""


class Refused(Exception):
    """The file can't be taken. `why` completes the sentence "<file name> ..."."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class DecoderUnavailable(Exception):
    """The decoder processes don't start: not the fault of any file."""
