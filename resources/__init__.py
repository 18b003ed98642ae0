"""Themes, prompts, workflow templates, icons and the sample collection's generator, as data."""

from pathlib import Path


def folder(name: str) -> Path:
    """The folder of one kind of resource, e.g. "themes"; raises FileNotFoundError when there is none."""
    found = Path(__file__).parent / name
    if not found.is_dir():
        raise FileNotFoundError(f"no resources called {name!r}")
    return found
