"""Runs cases through the real headless session over the real embedded platform, and notes what came of each turn."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from agent.events import TurnEnded
from agent.intent import Intent
from agent.ports.library import Asset, Query
from app.commands.headless import Headless, HeadlessError
from app.compose import compose_session
from app.logs import start_logging
from app.places import Places
from scene import operations
from scene.scene import Scene
from tests.eval.album import made
from tests.eval.cases import Case, Turn
from tests.eval.checks import failed
from tests.eval.checks_single import picked
from tests.eval.matching import misread
from tests.eval.planners import ScriptedModel, planner_set
from tests.eval.seen import Seen
from tests.eval.today import TODAY

_A_TURN_S = 60.0
_CHANGE_NOTHING = ("asked", "puzzled", "refused")


@dataclass(frozen=True)
class Judged:
    """One turn and what is wrong with it."""

    case: Case
    number: int
    turn: Turn
    outcome: str
    text: str
    misread: tuple[str, ...]
    undone: tuple[str, ...]
    seconds: float
    cost_usd: float = 0.0

    @property
    def wanted(self) -> str:
        """ "done", "asked" or "refused"; who may be puzzled should ask."""
        first = next((name or "done" for name in sorted(self.turn.outcome.split("|"))), "done")
        return "asked" if first == "puzzled" else first


@dataclass(frozen=True)
class Studio:
    """A session to evaluate, what its library holds, and the scripted model behind it, where there is one."""

    headless: Headless
    assets: Mapping[str, Asset]
    model: ScriptedModel | None = None


@contextmanager
def opened(build: Path, library: str, planner: str = "offline") -> Iterator[Studio]:
    """A session whose library is the sample collection or the album."""
    places = Places.at(build / library)
    with planner_set(planner, places) as model, _session(places, build, library) as (studio, assets):
        yield Studio(studio, assets, model)


@contextmanager
def _session(places: Places, build: Path, library: str) -> Iterator[tuple[Headless, Mapping[str, Asset]]]:
    studio = Headless(compose_session(places, TODAY))
    log = start_logging(places.logs, "eval")
    try:
        studio.open("Everything")
        if not studio.session.facets.total:
            studio.import_library("sample" if library == "sample" else str(made(build / "pictures" / library)))
        everything = Intent(kind="create", layout="grid", query=Query(limit=10_000))
        turn_id = studio.session.ask("everything", everything)
        studio._wait(TurnEnded, _A_TURN_S, lambda ended: ended.turn_id == turn_id)
        assets = studio.assets_on_show()
        studio.session.reject()
        yield studio, assets
    finally:
        studio.session.stop()
        logging.getLogger().removeHandler(log)
        log.close()


def run(case: Case, where: Studio) -> Iterator[Judged]:
    """Every turn of one case that counts."""
    studio, assets, model = where.headless, where.assets, where.model
    session = studio.session
    if model is not None:
        model.begin()
    session.new_project(case.id)
    session.poll()
    for preference in session.preferences(everywhere=True):
        session.forget_preference(preference.id)
    unprepared = ""
    earlier: list[Scene] = [session.staged]
    for number, turn in enumerate(case.turns, start=1):
        if turn.do:
            unprepared = unprepared or by_hand(turn.do, studio, assets)
            continue
        if model is not None:
            model.will_hear(turn.say, studio)
        before, begun = session.staged, time.perf_counter()
        try:
            ended = studio.ask(turn.say, _A_TURN_S)
        except HeadlessError as error:
            ended = TurnEnded("", "failed", text=str(error))
        seconds = time.perf_counter() - begun
        if model is not None:
            model.heard(ended)
        seen = Seen(before, session.staged, ended, assets, session.selection, tuple(earlier))
        earlier.append(session.staged)
        if turn.counts:
            yield judged(case, number, turn, seen, seconds, unprepared)


def judged(case: Case, number: int, turn: Turn, seen: Seen, seconds: float, unprepared: str) -> Judged:
    """What is wrong with a turn: with its reading, and with its doing."""
    undone: list[str] = [unprepared] if unprepared else []
    named = turn.outcome.split("|")
    wanted = [name for name in named if name] + ["proposed", "acted", "answered"] * ("" in named)
    outcome = outcome_of(seen.ended)
    if outcome not in wanted:
        undone.append(f"{outcome}, not {turn.outcome or 'done'}: {seen.ended.text[:140]}")
    elif outcome in _CHANGE_NOTHING and seen.before != seen.after:
        undone.append("the scene changed all the same")
    if not undone and (outcome not in _CHANGE_NOTHING or "" not in named):
        checks: Sequence[str] = turn.done
        if seen.ended.outcome == "proposed" and seen.ended.intent and seen.ended.intent.kind in ("create", "refine"):
            checks = (*checks, "sound")
        undone += failed(seen, checks)
    return Judged(
        case,
        number,
        turn,
        outcome,
        seen.ended.text,
        tuple(misread(seen.ended.intent, turn.means)),
        tuple(undone),
        seconds,
        seen.ended.cost_usd,
    )


def outcome_of(ended: TurnEnded) -> str:
    """The outcome; "puzzled" where the question is that nothing was understood, and not which of some things."""
    return "puzzled" if ended.outcome == "asked" and ended.puzzled else ended.outcome


def by_hand(words: str, studio: Headless, assets: Mapping[str, Asset]) -> str:
    """What a creator does with the mouse: "approve", "select 3", "remove colour red"; gives why it could not be."""
    try:
        return "" if _done_by_hand(words, studio, assets) else f"{words!r} was not possible"
    except (IndexError, operations.OperationRefused) as error:
        return f"{words!r} was not possible: {error}"


def _done_by_hand(words: str, studio: Headless, assets: Mapping[str, Asset]) -> bool:
    session = studio.session
    verb, _, which = words.partition(" ")
    if verb == "approve":
        return session.approve()
    if verb == "reject":
        session.reject()
    elif verb == "select":
        session.select(_ids(session.staged, which, assets) if which != "nothing" else frozenset())
    elif verb == "stand":
        room = session.staged.rooms[int(which) - 1]
        (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
        session.stand_at(((x0 + x1) / 2, 1.6, (z0 + z1) / 2))
    else:
        ids, scene = _ids(session.store.scene, which, assets), session.store.scene
        change = {
            "remove": lambda: operations.remove(scene, ids),
            "pin": lambda: operations.pin(scene, ids),
            "move": lambda: operations.slide(scene, ids, right_m=0.2),
            "bigger": lambda: operations.scale(scene, ids, 1.3),
        }[verb]()
        return session.commit(f"{verb.capitalize()} by hand", change)
    return True


def _ids(scene: Scene, which: str, assets: Mapping[str, Asset]) -> frozenset[str]:
    seen = Seen(scene, scene, TurnEnded("", "acted"), assets)
    return frozenset(work.id for work in picked(scene, seen, which))
