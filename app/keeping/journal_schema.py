"""What the journal's file looks like, and what brings one of an earlier version to it."""

VERSION = 4
_SCENES = """
CREATE TABLE scene (
    scene_id TEXT NOT NULL,
    seat INTEGER NOT NULL,
    project_id TEXT NOT NULL,
    project_name TEXT NOT NULL,
    known_to_platform INTEGER NOT NULL,
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    steps TEXT NOT NULL,
    opened INTEGER NOT NULL,
    PRIMARY KEY (scene_id, seat)
);
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    scene_id TEXT NOT NULL,
    seat INTEGER NOT NULL,
    key TEXT NOT NULL UNIQUE,
    cause TEXT NOT NULL,
    change TEXT NOT NULL,
    step TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (scene_id, seat) REFERENCES scene(scene_id, seat)
);
CREATE TABLE seat (
    scene_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (scene_id, number)
);
"""
_LETTERS = """
CREATE TABLE letter (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
"""
_CLASHES = """
CREATE TABLE clash (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    scene_id TEXT NOT NULL,
    seat INTEGER NOT NULL,
    version INTEGER NOT NULL,
    who TEXT NOT NULL,
    theirs TEXT NOT NULL,
    conflicts TEXT NOT NULL
);
"""
_SENT = "ALTER TABLE entry ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;"
_TO_SEATS = f"""
ALTER TABLE scene RENAME TO old_scene;
ALTER TABLE entry RENAME TO old_entry;
{_SCENES}
INSERT INTO scene SELECT scene_id, 1, project_id, project_name, known_to_platform, version, document, steps, opened
    FROM old_scene;
INSERT INTO entry SELECT seq, scene_id, 1, key, cause, change, step, sent FROM old_entry ORDER BY seq;
INSERT INTO seat SELECT scene_id, 1, opened FROM old_scene;
DROP TABLE old_entry;
DROP TABLE old_scene;
"""
"""Before, one program at a time had a scene, and that is its first seat."""


def statements_from(version: int) -> tuple[str, ...]:
    """What makes a journal, or brings one of that version to this one."""
    scripts = {0: _SCENES + _LETTERS, 1: _SENT + _TO_SEATS, 2: _TO_SEATS, 3: ""}
    return tuple((scripts[version] + _CLASHES).split(";")) if version in scripts else ()
