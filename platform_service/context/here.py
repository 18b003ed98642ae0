"""A search that says "here": it is asked of the works that hang in the scene that its session is at."""

import re
from collections.abc import Iterator
from typing import Any

from agent.ports.library import Query
from platform_service.context.values import Working
from platform_service.errors import NotFound
from platform_service.sql import scenes
from platform_service.sql.transaction import Transaction

_ENDINGS = (
    r"(?:hanging|hung|on show|shown) here|here|(?:in|of|from) this (?:show|exhibition|scene|gallery)",
    r"hier (?:hängend|ausgestellt|im raum)|(?:die )?hier hängen|hier",
    r"(?:in|aus) dieser (?:ausstellung|schau|szene|galerie)",
    r"(?:accroché|exposé)e?s? ici|ici|(?:dans|de) cette (?:exposition|expo|scène|galerie)",
    r"(?:colgad|expuest)[oa]s? aquí|aquí|(?:en|de) esta (?:exposición|muestra|escena|galería)",
    r"(?:appes|espost)[oaie]+ qui|qui|(?:in|di) questa (?:mostra|esposizione|scena|galleria)",
    r"(?:pendurad|expost)[oa]s? aqui|aqui|(?:nesta|desta) (?:exposição|mostra|cena|galeria)",
    r"(?:die )?hier (?:hangen|hangt|hangend)|(?:in|uit|van) deze (?:tentoonstelling|expositie|scène|galerie)",
)
_HERE = re.compile(
    rf"(?<![\w'’])(?:{'|'.join(_ENDINGS)})$"
    r"|(?:ここ|この(?:展示|展覧会|ギャラリー))(?:に|で|の中)?$|^(?:ここ|この(?:展示|展覧会|ギャラリー))(?:の中)?(?:の|にある)"
    r"|(?:在)?(?:这里|此处|这个(?:展览|画廊)(?:里|中)?)$|^(?:这里|此处|这个(?:展览|画廊)(?:里|中)?)的",
    re.I,
)
"""A French "d'hier" is yesterday; Japanese and Chinese may begin with it."""
_ENDING = " \t\r\n.!?"


def says_here(query: Query) -> bool:
    """Whether the last words mean the show that somebody is at; a search among named works is one already."""
    return query.asset_ids is None and _HERE.search(query.words.rstrip(_ENDING)) is not None


async def among_works_here(transaction: Transaction, query: Query, working: Working) -> Query:
    """The query without those words, among what hangs as it was saved last; as it is where no scene is known."""
    if not working.scene_id:
        return query
    try:
        scene = await scenes.latest(transaction, working.scene_id)
    except NotFound:
        return query
    if scene.document is None:
        return query
    ids = tuple(dict.fromkeys(_hung(scene.document)))
    words = _HERE.sub("", query.words.rstrip(_ENDING)).strip()
    return query.model_copy(update={"words": words, "asset_ids": ids})


def _hung(document: dict[str, Any]) -> Iterator[str]:
    """The works of a document that nobody has checked."""
    records = document.get("records")
    for record in records if isinstance(records, list) else ():
        if isinstance(record, dict) and record.get("kind") == "placement" and isinstance(record.get("asset_id"), str):
            yield record["asset_id"]
