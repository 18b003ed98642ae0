"""The settings of language models on disk: one JSON file without secrets, written whole or not at all."""

import os
from pathlib import Path

from pydantic import ValidationError

from agent.models.settings import ModelSettings


class ModelSettingsError(Exception):
    """The settings cannot be read or written; the message says what holds meanwhile."""


def read_model_settings(path: Path) -> ModelSettings:
    """What the file says, the defaults where there is none; raises ModelSettingsError."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ModelSettings()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelSettingsError(f"The settings of language models, {path}, cannot be read ({error}).") from None
    try:
        return ModelSettings.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ModelSettingsError(
            f"The settings of language models, {path}, do not hold: {where}: {first['msg']}. "
            "Until this is put right, no language model is asked."
        ) from None


def write_model_settings(path: Path, settings: ModelSettings) -> None:
    """Keep the settings; raises ModelSettingsError."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(settings.model_dump_json(indent=2), encoding="utf-8")
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    except OSError as error:
        raise ModelSettingsError(f"{path} cannot be written ({error}). The settings are as they were.") from None
