"""What a record is called in plain words, and which other records it refers to."""

from scene.records import (
    Arrangement,
    Light,
    Opening,
    Placement,
    Record,
    Room,
    Sign,
    ThemeChoice,
    Viewpoint,
    Wall,
)


def title_of(record: Record) -> str:
    """The record in a person's words: “Neon rain”, room “Hall”, wall “back”."""
    match record:
        case Placement():
            return _quoted(record.title) or f"work {record.asset_id[:12]}"
        case Room() | Wall() | Viewpoint():
            return f"{record.kind} {_quoted(record.name) or record.id}"
        case Sign():
            return f"sign {_quoted(record.text) or record.id}"
        case Opening():
            return f"{record.use} {record.id}"
        case Light():
            return f"light {record.id}"
        case ThemeChoice():
            return "the theme"
        case Arrangement():
            return "the layout"
    return record.id


def references(record: Record) -> tuple[str, ...]:
    """Ids of the records that this one cannot stand without."""
    match record:
        case Placement():
            return _given(record.wall_id, record.room_id)
        case Wall():
            return (record.room_id,)
        case Opening():
            return _given(record.wall_id, record.to_room_id)
        case Light():
            return _given(record.for_id)
    return ()


def _given(*ids: str | None) -> tuple[str, ...]:
    return tuple(record_id for record_id in ids if record_id is not None)


def _quoted(words: str) -> str:
    return f"“{words}”" if words else ""
