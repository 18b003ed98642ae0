"""Which planner a session is evaluated with: the rules alone, a scripted model over real HTTP, or real providers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from agent.events import TurnEnded
from agent.intent import Intent
from agent.models.heard import SELECTION
from agent.models.settings import ModelPrice, ModelSettings, ProviderSettings
from agent.offline.understand import understand
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary, vocabulary
from app.commands.headless import Headless
from app.models.settings import write_model_settings
from app.places import Places
from tests.eval.today import TODAY
from tests.model_server.asked import Asked, Scripted
from tests.model_server.server import ModelServer

PLANNERS = ("offline", "model", "real")
_MODEL = "scripted-planner"
_PRICE = ModelPrice(input_usd_per_million=1.0, output_usd_per_million=4.0)
_RECENT = 10


class ScriptedModel:
    """Answers each request over HTTP as the rules read it, so that what differs comes of the way and not of the model.

    It is told of each request beforehand, with what the session is about to know.
    """

    def __init__(self, server: ModelServer) -> None:
        self._server = server
        self._asked = ("", "")
        self._recent: list[str] = []

    def begin(self) -> None:
        """Another project: nothing was said yet."""
        self._asked, self._recent = ("", ""), []

    def will_hear(self, request: str, studio: Headless) -> None:
        """Make the answer to the request that comes next."""
        session = studio.session
        context = TurnContext(
            scene=session.staged,
            selection=session.selection,
            today=TODAY,
            recent_requests=tuple(self._recent[-_RECENT:]),
            pending_question=self._asked[0],
            pending_request=self._asked[1],
        )
        value = told(understand(request, _words(studio), context))
        self._recent.append(request)

        def script(asked: Asked) -> Scripted:
            return Scripted(value=value) if asked.schema else Scripted(text="Very well.")

        self._server.script = script

    def heard(self, ended: TurnEnded) -> None:
        """What came of it, so that an answer to a question is read as one."""
        self._asked = (ended.text, ended.asked_about) if ended.outcome == "asked" else ("", "")


def told(intent: Intent) -> dict[str, Any]:
    """The intent as a model says it: without what is for our own code, and without ids."""
    plain = json.loads(
        intent.model_dump_json(
            exclude_defaults=True,
            exclude={
                "continues",
                "missing",
                "note",
                "condition",
                "otherwise",
                "alternatives",
                "coming",
                "sequence",
                "reworded",
            },
        )
    )
    if intent.query.like_asset_id:
        plain["query"]["like_asset_id"] = SELECTION
    return dict({"kind": intent.kind, "confidence": intent.confidence}, **plain)


def _words(studio: Headless) -> Vocabulary:
    return vocabulary("en").with_themes(studio.session.themes.values()).with_library(studio.session.facets)


@contextmanager
def planner_set(planner: str, places: Places) -> Iterator[ScriptedModel | None]:
    """Settings of language models for this planner; "real" asks whoever there are keys for."""
    places.make()
    if planner == "offline":
        write_model_settings(places.model_settings, ModelSettings(providers=()))
        yield None
    elif planner == "real":
        write_model_settings(places.model_settings, ModelSettings())
        yield None
    else:
        with ModelServer() as server:
            scripted = ProviderSettings(
                id="scripted",
                kind="local",
                base_url=server.base_url("openai"),
                models={"plan": {"standard": _MODEL}},
                prices={_MODEL: _PRICE},
            )
            settings = ModelSettings(providers=(scripted,), quality="high", phrase_answers="never")
            write_model_settings(places.model_settings, settings)
            yield ScriptedModel(server)
