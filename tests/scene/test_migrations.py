"""Older documents are lifted step by step; what can't be lifted is refused."""

import pytest

from scene.migrations import MIGRATIONS, SCHEMA_VERSION, Migration, migrated
from scene.plain import DocumentError, Plain


def test_every_older_schema_has_a_migration() -> None:
    assert sorted(MIGRATIONS) == list(range(1, SCHEMA_VERSION))


def test_migrations_run_one_after_the_other_and_leave_their_argument_alone() -> None:
    def noting(step: str) -> Migration:
        return lambda document: {**document, "records": [*document["records"], step]}

    steps = {1: noting("1 to 2"), 2: noting("2 to 3")}
    old: Plain = {"format": "vernissage-scene", "schema": 1, "records": []}
    assert migrated(old, steps, newest=3) == {**old, "schema": 3, "records": ["1 to 2", "2 to 3"]}
    assert migrated({**old, "schema": 2}, steps, newest=3)["records"] == ["2 to 3"]
    assert old == {"format": "vernissage-scene", "schema": 1, "records": []}


def test_a_document_of_today_is_not_touched() -> None:
    document: Plain = {"schema": SCHEMA_VERSION, "records": []}
    assert migrated(document) is document


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 10**9, 0, -1, None, "1", 1.5, True, []])
def test_impossible_and_newer_versions_are_refused(version: object) -> None:
    with pytest.raises(DocumentError, match="schema"):
        migrated({"schema": version, "records": []})
