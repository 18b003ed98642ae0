"""Records and changes as plain JSON values and back, checked on both ways; errors are in plain words."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from scene.change import SceneChange
from scene.records import AnyRecord

Plain = dict[str, Any]
_RECORDS: TypeAdapter[list[AnyRecord]] = TypeAdapter(list[AnyRecord])


class DocumentError(ValueError):
    """A document, change or step that can't be read or written; the message says where and why, in plain words."""


def records_to_plain(records: Iterable[AnyRecord]) -> list[Plain]:
    """Plain values, sorted by id; refuses values that could not be read back (made past validation)."""
    found = sorted(records, key=lambda record: record.id)
    for record, why in unreadable(found):
        raise DocumentError(f"{record.kind} {record.id!r} can't be written: {why}")
    return [_normal(record.model_dump(mode="json")) for record in found]


def unreadable(records: Iterable[AnyRecord]) -> list[tuple[AnyRecord, str]]:
    """Records that validation would refuse (they were made past it), each with the reason."""
    found = list(records)
    try:
        _RECORDS.validate_python([_fields(record) for record in found])
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        return [(found[int(one["loc"][0])], _told(one["loc"][2:], one["msg"])) for one in errors]
    return []


def records_from_plain(plain: object, where: str = "records") -> list[AnyRecord]:
    """Records of a list of plain values; types are taken strictly and ids must differ."""
    if not isinstance(plain, Sequence) or isinstance(plain, str):
        raise DocumentError(f"“{where}” is not a list")
    try:
        records = _RECORDS.validate_json(json.dumps(plain), strict=True)
    except (ValidationError, RecursionError) as error:
        raise DocumentError(_in_words(error, plain, where)) from error
    _refuse_duplicates(records, where)
    return records


def change_to_plain(change: SceneChange) -> Plain:
    """The change as plain JSON values, sorted by id: equal changes give equal values."""
    updated = sorted(change.updated)
    before = records_to_plain(change.updated[record_id][0] for record_id in updated)
    after = records_to_plain(change.updated[record_id][1] for record_id in updated)
    return {
        "added": records_to_plain(change.added.values()),
        "updated": [list(pair) for pair in zip(before, after, strict=True)],
        "removed": records_to_plain(change.removed.values()),
    }


def change_from_plain(plain: object) -> SceneChange:
    """The change of `change_to_plain`; raises DocumentError."""
    fields = expect_fields(plain, {"added", "updated", "removed"}, "change")
    pairs = fields["updated"]
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise DocumentError("“updated” is not a list of pairs (before, after)")
    before = records_from_plain([pair[0] for pair in pairs], "updated, before")
    after = records_from_plain([pair[1] for pair in pairs], "updated, after")
    if [record.id for record in before] != [record.id for record in after]:
        raise DocumentError("“updated” pairs records of different ids")
    try:
        return SceneChange(
            added={record.id: record for record in records_from_plain(fields["added"], "added")},
            updated={old.id: (old, new) for old, new in zip(before, after, strict=True)},
            removed={record.id: record for record in records_from_plain(fields["removed"], "removed")},
        )
    except DocumentError:
        raise
    except ValueError as error:
        raise DocumentError(str(error)) from error


def expect_fields(plain: object, names: set[str], what: str) -> Plain:
    """The plain object itself, if it has exactly these fields."""
    if not isinstance(plain, dict):
        raise DocumentError(f"the {what} is not a JSON object")
    missing, unknown = names - plain.keys(), plain.keys() - names
    if missing:
        raise DocumentError(f"the {what} lacks {', '.join(sorted(missing))}")
    if unknown:
        raise DocumentError(f"the {what} has unknown fields: {', '.join(sorted(map(str, unknown)))}")
    return plain


def canonical(plain: object) -> str:
    """JSON text with sorted keys and no spaces; refuses what is not finite."""
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def parsed(text: str) -> Any:
    """The value of a JSON text; refuses NaN, infinities and keys that stand twice."""
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_repeated_keys)
    except (json.JSONDecodeError, RecursionError) as error:
        raise DocumentError(f"this is not JSON that can be read: {error}") from error


def _normal(value: Any) -> Any:
    """-0.0 as 0.0: they are equal, so their texts must be."""
    if isinstance(value, float):
        return value + 0.0
    if isinstance(value, list):
        return [_normal(item) for item in value]
    if isinstance(value, dict):
        return {key: _normal(item) for key, item in value.items()}
    return value


def _refuse_duplicates(records: list[AnyRecord], where: str) -> None:
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            raise DocumentError(f"“{where}” has two records with the id {record.id!r}")
        seen.add(record.id)


def _fields(record: AnyRecord) -> Plain:
    return {k: v.__dict__ if isinstance(v, BaseModel) else v for k, v in record.__dict__.items()}


def _in_words(error: ValidationError | RecursionError, plain: Sequence[Any], where: str) -> str:
    if isinstance(error, RecursionError):
        return f"“{where}” is nested too deeply"
    first = error.errors(include_url=False, include_input=False)[0]
    index = first["loc"][0] if first["loc"] else None
    record = plain[index] if isinstance(index, int) else None
    name = repr(str(record["id"])[:140]) if isinstance(record, dict) and "id" in record else f"number {index}"
    return f"“{where}”, record {name}: {_told(first['loc'][2:], first['msg'])}"


def _told(field: Sequence[int | str], message: str) -> str:
    return f"{'.'.join(map(str, field))}: {message}" if field else message


def _refuse_constant(name: str) -> float:
    raise DocumentError(f"the number {name} is not finite")


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> Plain:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        repeated = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise DocumentError(f"the field {repeated!r} stands twice in one object")
    return fields
