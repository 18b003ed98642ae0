"""A desktop that approves a show, says how many works hang, and stays until it is killed."""

import time
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from app.commands.headless import Headless
from app.compose import compose_session
from app.logs import start_logging
from app.places import Places


def approve_and_stay(data: str, pictures: str, told: Connection) -> None:
    """What a process of its own lives."""
    places = Places.at(Path(data))
    studio = Headless(compose_session(places, date(2026, 11, 22)))
    start_logging(places.logs)
    studio.open("Night")
    studio.import_library(pictures)
    studio.ask("create a gallery of everything")
    assert studio.session.approve()
    told.send(len(studio.session.store.scene.placements))
    time.sleep(60)
