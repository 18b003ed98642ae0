"""Lifts documents of older schemas to today's, one version at a time, and refuses newer ones."""

from collections.abc import Callable, Mapping

from scene.plain import DocumentError, Plain

SCHEMA_VERSION = 1
Migration = Callable[[Plain], Plain]
"""Turns a whole document of schema n into one of schema n + 1; it must not change its argument."""

MIGRATIONS: Mapping[int, Migration] = {}
"""From which schema each migration starts. Schema 1 is the first, so there is none yet."""


def migrated(document: Plain, migrations: Mapping[int, Migration] = MIGRATIONS, newest: int = SCHEMA_VERSION) -> Plain:
    """The document in the newest schema; raises DocumentError for a newer, missing or impossible version."""
    version = document.get("schema")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise DocumentError(f"the document's schema is {version!r}, not a version number")
    if version > newest:
        raise DocumentError(
            f"the document has schema {version}, and this version reads up to {newest}; "
            "it was left as it is: open it with a newer version of Vernissage"
        )
    for step in range(version, newest):
        document = {**migrations[step](document), "schema": step + 1}
    return document
