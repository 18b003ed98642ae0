"""What must not hang in a house: words, tags and licences as data, a list for each tenant with a shipped default."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator

import resources
from agent.ports.library import Asset, Frozen, Text

_MOST = 2_000


class BadHouseRules(ValueError):
    """A rule file cannot be read; the message says why."""


class HouseRules(Frozen):
    """What must not hang. Everything is compared without regard to case."""

    about: Text = ""
    words: Annotated[tuple[Text, ...], Field(max_length=_MOST)] = ()
    """Looked for in titles, descriptions and file names."""
    tags: Annotated[tuple[Text, ...], Field(max_length=_MOST)] = ()
    licences: Annotated[tuple[Text, ...], Field(max_length=_MOST)] = ()

    @field_validator("words", "tags", "licences")
    @classmethod
    def _plain(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(plain for value in values if (plain := _words(value))))

    def forbids(self, asset: Asset) -> str:
        """Why this asset must not hang, in words; empty when it may."""
        for tag in asset.tags:
            if _words(tag) in self.tags:
                return f"the house rules bar works tagged “{tag}”"
        licence = f" {_words(asset.licence)} "
        for barred in self.licences:
            if f" {barred} " in licence:
                return f"its licence says “{barred}”"
        text = f" {_words(' '.join((asset.title, asset.description, asset.file_name)))} "
        for word in self.words:
            if f" {word} " in text:
                return f"the house rules bar “{word}”"
        return ""


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))


def read_house_rules(path: Path) -> HouseRules:
    """The rules in a file; raises BadHouseRules."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return HouseRules.model_validate(plain)
    except (OSError, UnicodeDecodeError) as error:
        raise BadHouseRules(f"{path.name} cannot be read ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise BadHouseRules(f"{path.name} is not a list of house rules: {where}: {first['msg']}.") from error
    except (ValueError, RecursionError) as error:
        raise BadHouseRules(f"{path.name} is not JSON ({error}).") from error


@lru_cache(maxsize=1)
def shipped_house_rules() -> HouseRules:
    """The rules that hold where a house has none of its own."""
    return read_house_rules(resources.folder("house_rules") / "default.json")
