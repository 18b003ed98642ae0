"""One id goes from the sentence to what hangs: turn, run, calls over HTTP, platform log, model, provenance."""

import logging
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from agent.models.settings import ModelSettings, ProviderSettings
from app.commands.headless import Headless
from app.compose import compose_session
from app.logs import start_logging
from app.models.settings import write_model_settings
from app.places import Places
from tests.model_server.asked import Scripted
from tests.model_server.server import ModelServer
from tests.platform_service.warm import warm


def test_one_id_from_the_sentence_to_the_picture(
    tmp_path: Path, sample_pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places.at(tmp_path / "data")
    places.make()
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    meant = {"kind": "create", "confidence": 1.0, "subject": "sea", "query": {"words": "sea"}, "wishes": {"count": 2}}
    with ModelServer(lambda asked: Scripted(value=meant)) as server:
        provider = ProviderSettings(id="openai", kind="openai", base_url=server.base_url("openai"))
        write_model_settings(
            places.model_settings, ModelSettings(providers=(provider,), quality="high", phrase_answers="never")
        )
        handler = start_logging(places.logs)
        studio = Headless(compose_session(places, date(2026, 11, 22), warm()))
        try:
            studio.open("Night")
            studio.import_library(str(sample_pictures))
            monkeypatch.setattr(server, "asked", [])
            ended = studio.ask("etwas ruhiges für die eingangshalle bitte")
            assert ended.outcome == "proposed", ended.text
            the_id = ended.correlation_id
            assert studio.approve()
            placed = studio.session.store.scene.placements
            (run,) = (run for run in studio.session.runs.runs() if run.correlation_id == the_id)
            history = studio.session.conversation_history()
        finally:
            studio.session.stop()
            logging.getLogger().removeHandler(handler)
            handler.close()
        assert {asked.headers["x-correlation-id"] for asked in server.asked} == {the_id}
    assert the_id
    assert [work.provenance.turn_id for work in placed if work.provenance] == [the_id] * 2
    assert run.run_id == the_id
    assert history[-1].correlation_id == the_id
    requests = [line for line in (places.logs / "platform.log").read_text().splitlines() if the_id in line]
    assert any("POST /v1/search" in line for line in requests), requests
    with sqlite3.connect(places.data / "platform" / "vernissage.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM runs WHERE id = ?", (the_id,)).fetchone() == (1,)
    database.close()
