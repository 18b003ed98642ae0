"""The public set as it stands in the files: cases of one or more turns, each with what it should mean and do."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SETS = Path(__file__).parent / "sets"


@dataclass(frozen=True)
class Turn:
    """One request, or something done by hand (`do`). Without `means`, `done` or `outcome` it only prepares."""

    say: str = ""
    do: str = ""
    means: Mapping[str, Any] = field(default_factory=dict)
    """Intent fields, each with a matcher; see `tests.eval.matching`."""
    done: tuple[str, ...] = ()
    """Checks of what is there afterwards; see `tests.eval.checks`."""
    outcome: str = ""
    """ "asked", "refused", "asked|refused"; "puzzled" where nothing can be made of it; empty when it should be done."""

    @property
    def counts(self) -> bool:
        """Whether this turn is judged."""
        return bool(self.means or self.done or self.outcome)


@dataclass(frozen=True)
class Case:
    """A conversation that begins with an empty project."""

    id: str
    group: str
    turns: tuple[Turn, ...]
    library: str = "sample"


def cases(folder: Path = SETS) -> Iterator[Case]:
    """Every case, file by file; a line of a file is a case, an empty line or one that begins with # is none."""
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                yield _case(json.loads(line), file.stem, number)


def _case(plain: Mapping[str, Any], group: str, number: int) -> Case:
    turns = plain["turns"] if "turns" in plain else [{k: v for k, v in plain.items() if k not in ("id", "library")}]
    return Case(
        plain.get("id", f"{group}-{number}"),
        group,
        tuple(_turn(turn) for turn in turns),
        plain.get("library", "sample"),
    )


def _turn(plain: Mapping[str, Any] | str) -> Turn:
    """A bare text is a request that only prepares."""
    if isinstance(plain, str):
        return Turn(say=plain)
    return Turn(**{**plain, "done": tuple(plain.get("done", ()))})
