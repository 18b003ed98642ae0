"""Shows what has to do with a team: the line to it, who is there, what came from them, and what one may do."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.messages import (
    LiveChanged,
    Message,
    OthersChanged,
    PeopleChanged,
    PersonThere,
    PlatformStateChanged,
    SaveChanged,
    SignedInAs,
)
from scene.records import Placement
from ui.main_window import MainWindow
from ui.team.avatars import Met
from ui.team.sign_in import SignInDialog
from ui.wiring.session_controller import SessionController

if TYPE_CHECKING:
    from viewport.widget import ViewportWidget

SHOWN_MS = 4_000
"""So long what has come from somebody glows."""
STAND_EVERY_MS = 500
QUIET_MS = 2_500
"""A live line that is back sooner is not missed."""

Point = tuple[float, float, float]


class TeamWires(QObject):
    """Follows one session."""

    def __init__(self, studio: SessionController) -> None:
        super().__init__(studio)
        self._studio = studio
        self._window: MainWindow = studio.window
        self._view: ViewportWidget | None = None
        self._people: tuple[PersonThere, ...] = ()
        self._arrived: dict[str, tuple[str, ...]] = {}
        self._platform: PlatformStateChanged | None = None
        self._missing = False
        self._me: SignedInAs | None = None
        self._was_away = self._was_there = False
        self._fade = self._once(SHOWN_MS, self._faded)
        self._stood: tuple[Point, Point] | None = None
        self._look_round = QTimer(self)
        self._look_round.setInterval(STAND_EVERY_MS)
        self._look_round.timeout.connect(self._tell_stand)
        self._missed = self._once(QUIET_MS, self._line_missed)
        self._window.stage.banner.sign_in_wanted.connect(self.sign_in)
        self._window.tools.people.chosen.connect(self.go_to)

    def callbacks(self) -> Mapping[str, Callable[[], object]]:
        """The commands of a team."""
        return {"team.sign_in": self.sign_in, "team.sign_out": self._sign_out}

    def use_view(self, view: "ViewportWidget") -> None:
        """The viewport is there."""
        self._view = view
        self._show_people()
        self._look_round.start()

    def _tell_stand(self) -> None:
        """Others see where one stands, also who has only just come in and not moved yet."""
        session, view = self._studio.session, self._view
        if session is not None and view is not None:
            stand = (view.view.camera.position_m, view.view.camera.target_m)
            if stand != self._stood:
                self._stood = stand
                session.stand_at(*stand)

    def receive(self, message: Message) -> None:
        """Hand a message to the parts that it concerns."""
        match message:
            case SignedInAs():
                self._signed_in(message)
            case PlatformStateChanged():
                self._platform = message
                self._show_line()
            case LiveChanged(state="away"):
                self._missed.start()
            case LiveChanged():
                self._missed.stop()
                self._missing = False
                self._show_line()
            case SaveChanged():
                self._show_waiting()
            case PeopleChanged(people=people):
                self._people = people
                self._show_people()
            case OthersChanged():
                self._others_changed(message)

    # -- the line --------------------------------------------------------------------------------

    def _signed_in(self, who: SignedInAs) -> None:
        self._me = who
        session = self._studio.session
        reason = session.look_only if session is not None else ""
        self._window.commands.set_look_only(reason)
        self._window.stage.proposal_bar.show_look_only(reason)
        self._window.stage.inspector.setToolTip(reason)
        self._studio.scene_wires.show_selection()
        self._window.commands.set_contexts(in_team=True, signed_in=True)
        self._show_line()

    def _show_line(self) -> None:
        kind, words = self._line()
        banner = self._window.stage.banner
        if (kind, words) != (banner.kind, banner.words):
            banner.show_state(kind, words)
        self._window.status.show_member(self._me if kind != "signed_out" else None)
        self._window.commands.set_contexts(
            in_team=self._in_team, signed_in=self._me is not None and kind != "signed_out"
        )
        away = kind in ("away", "signed_out")
        if self._was_away and not away and self._was_there and self._me is not None:
            self._studio.notice("info", f"Back with {self._me.team}.", "What waited on this computer is sent now.")
        self._was_away = away
        self._was_there |= not away and self._me is not None
        self._show_waiting()

    @property
    def _in_team(self) -> bool:
        return self._studio.session is not None and self._studio.session.in_team

    def _line(self) -> tuple[str, str]:
        """What is not as it should be, and in words; empty where all is well."""
        state, session = self._platform, self._studio.session
        if not self._in_team or state is None or session is None:
            return "", ""
        if state.state == "signed_out":
            return "signed_out", state.text
        if state.state in ("restarting", "failed"):
            return "away", state.text
        if self._missing:
            return "away", "Others' changes do not come just now. You can go on: what you do is kept on this computer."
        return ("look_only", session.look_only) if session.look_only else ("", "")

    def _line_missed(self) -> None:
        self._missing = True
        self._show_line()

    def _show_waiting(self) -> None:
        session, banner = self._studio.session, self._window.stage.banner
        if session is not None and banner.kind:
            banner.show_waiting(session.waiting_steps)

    def sign_in(self) -> SignInDialog | None:
        """Ask for the code."""
        session = self._studio.session
        if session is None or not session.in_team:
            return None
        dialog = SignInDialog(session.team, self._window)
        dialog.given.connect(session.sign_in)
        dialog.open()
        return dialog

    def _sign_out(self) -> None:
        if self._studio.session is not None:
            self._studio.session.sign_out()

    # -- the others ------------------------------------------------------------------------------

    def _others_changed(self, told: OthersChanged) -> None:
        colour = _colour(told.user or told.by)
        self._window.stage.arrival.tell(told.text, colour)
        if told.works:
            self._arrived[colour] = tuple(dict.fromkeys((*self._arrived.get(colour, ()), *told.works)))
            self._fade.start()
            self._show_tints()

    def _faded(self) -> None:
        self._arrived = {}
        self._show_tints()

    def _show_people(self) -> None:
        """By name in the status bar, as marks in the tool bar, and where they stand with what they hold."""
        self._window.status.show_people([person.name for person in self._people])
        met = [Met(one.session, one.name, _colour(one.user), self._held_words(one.holds)) for one in self._people]
        self._window.tools.people.show_people(met)
        if self._view is not None:
            from viewport.people import Bystander

            there = [Bystander(person.user, person.name, person.position_m) for person in self._people]
            self._view.view.show_people(there)
        self._show_tints()

    def _show_tints(self) -> None:
        if self._view is None:
            return
        held: dict[str, tuple[str, ...]] = {}
        for person in self._people:
            colour = _colour(person.user)
            held[colour] = (*held.get(colour, ()), *person.holds)
        self._view.view.show_held({colour: ids for colour, ids in held.items() if ids}, self._arrived)

    def _held_words(self, ids: tuple[str, ...]) -> str:
        session = self._studio.session
        if session is None or not ids:
            return ""
        if len(ids) > 1:
            return f"{len(ids):,} works"
        record = session.store.scene.records.get(ids[0])
        return f"“{record.title}”" if isinstance(record, Placement) and record.title else "a work"

    def go_to(self, session_id: str) -> None:
        """Fly to where somebody stands, and look where they look."""
        found = next((person for person in self._people if person.session == session_id), None)
        if found is not None:
            self._studio.scene_wires.fly(found.position_m, found.target_m)

    def _once(self, after_ms: int, then: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(after_ms)
        made.timeout.connect(then)
        return made


def _colour(key: str) -> str:
    from viewport.people import colour_of  # VTK, which the viewport has loaded by then

    return colour_of(key)
