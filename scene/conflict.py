"""The part of a change that no longer fits, named in plain words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Conflict:
    """One record that a change could not touch as meant."""

    record_id: str
    title: str
    """The record in a person's words."""
    what: str
    """What did not happen: "was not moved"."""
    why: str
    """The reason: "it was moved by hand since"."""

    @property
    def words(self) -> str:
        """One plain sentence."""
        return f"{self.title} {self.what}: {self.why}."
