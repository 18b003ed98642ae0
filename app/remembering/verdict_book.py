"""Writes down what the creator decides of proposals, so that preferences can follow from it."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Literal

import structlog

from agent.intent import Intent
from agent.learning.applying import preferred_in, topics_of
from agent.learning.noticing import Verdict, blames_subject, evidence_in, known_reasons, tag_evidence
from agent.learning.preference import Preference
from agent.ports.context import TurnContext
from agent.ports.library import Asset
from app.mailbox import Mailbox
from app.messages import Noticed
from app.remembering.memory import NotRemembered
from app.remembering.preferences import Preferences
from app.remembering.talk import Talk
from scene.proposal import Proposal
from scene.records import Placement
from scene.scene import Scene

log = structlog.get_logger()

Lookup = Callable[[tuple[str, ...]], "Future[tuple[Asset, ...]]"]
_MOST_INTENTS = 100


class VerdictBook:
    """Lives on the UI thread. What cannot be written is told, and never stands in the way of a decision."""

    def __init__(self, preferences: Preferences, talk: Talk, mailbox: Mailbox, lookup: Lookup) -> None:
        self._preferences = preferences
        self._talk = talk
        self._mailbox = mailbox
        self._lookup = lookup
        self._meant: OrderedDict[str, tuple[Intent, tuple[Preference, ...]]] = OrderedDict()

    def understood(self, intent: Intent, context: TurnContext) -> tuple[str, ...]:
        """Remember what a turn meant until its proposal is decided; gives the preferences in it, in words."""
        preferred = tuple(preferred_in(intent, context.preferences, context.scene))
        self._meant[context.turn_id] = (intent, preferred)
        while len(self._meant) > _MOST_INTENTS:
            self._meant.popitem(last=False)
        return tuple(preference.words for preference in preferred)

    def decided(
        self,
        verdict: Literal["approved", "rejected"],
        proposal: Proposal,
        shown: Scene,
        scene_id: str,
        project_id: str,
        *,
        reason: str = "",
        about: Sequence[str] = (),
        in_part: bool = False,
    ) -> None:
        """Keep one decision; `about` are the works of the proposal that it is about, when it is not about all."""
        intent, preferred = self._meant.get(proposal.turn_id, (None, ()))
        made = Verdict(verdict, shown, scene_id, project_id, proposal.turn_id,
                       datetime.now(UTC).isoformat(timespec="milliseconds"), reason, tuple(about), intent,
                       topics_of(preferred))  # fmt: skip
        try:
            if not in_part:
                self._preferences.learn(evidence_in(made))
            if in_part or not about:
                self._talk.decided(proposal.turn_id, f"{verdict} in part" if in_part else verdict)
        except NotRemembered as error:
            self._mailbox.post(Noticed("warning", str(error), "Your decision stands."))
            return
        if verdict == "rejected" and about and blames_subject(reason, known_reasons()):
            self._blame_tags(made)

    def taken_back(self, turn_id: str) -> None:
        """A turn was taken back: what approving it taught is forgotten."""
        try:
            self._preferences.unlearn(turn_id)
            self._talk.decided(turn_id, "taken back")
        except NotRemembered as error:
            self._mailbox.post(Noticed("warning", str(error), "The turn is taken back all the same."))

    def _blame_tags(self, verdict: Verdict) -> None:
        """The tags are known to the library alone: they follow when it has answered."""
        works = verdict.shown.placements
        wrong = {w.asset_id for i in verdict.about if isinstance(w := verdict.shown.get(i), Placement)}
        ids = tuple(dict.fromkeys(work.asset_id for work in works))[:1_000]

        def known(answer: "Future[tuple[Asset, ...]]") -> None:
            if answer.cancelled() or answer.exception() is not None:
                log.info("tags of rejected works could not be had")
                return
            tags = {asset.id: asset.tags for asset in answer.result()}
            try:
                self._preferences.learn(tag_evidence(verdict, tags, kept=[i for i in ids if i not in wrong]))
            except NotRemembered as error:
                log.warning("tags of rejected works could not be kept", why=str(error))

        self._lookup(ids).add_done_callback(known)
