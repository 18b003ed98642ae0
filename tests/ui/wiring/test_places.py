"""Places that can be gone to by name from the palette: rooms, walls, works, periods, clusters and years."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.messages import AssetsKnown
from app.session import Session
from scene.change import SceneChange
from scene.records import Arrangement, Placement
from scene.scene import Scene
from tests.ui.samples import make_asset, make_scene
from ui.wiring.studio import Studio
from viewport.widget import ViewportWidget


@pytest.mark.parametrize(("layout", "where"), [("timeline", "Go to period"), ("cluster", "Go to cluster")])
def test_periods_clusters_and_years_are_places(
    studio: Studio, session: Session, qtbot: QtBot, layout: str, where: str
) -> None:
    view = ViewportWidget(session.themes, session.renditions, body="raster")
    studio.use_view(view)
    view.view.guide.reduced_motion = True
    works = [
        record.but(group="rain" if record.order < 2 else "sea") if isinstance(record, Placement) else record
        for record in make_scene(4)
    ]
    shown = Scene.of([*works, Arrangement.model_validate({"layout": layout})])
    session.commit("Hang", SceneChange.between(session.store.scene, shown))
    taken = (1994, 1994, 2001, 2001)
    assets = tuple(make_asset(n, taken=date(year, 5, 1)) for n, year in enumerate(taken))
    studio.receive(AssetsKnown(assets))
    places = {(entry.title, entry.where): entry.id for entry in studio.wayfinding.places()}
    assert {("rain", where), ("sea", where), ("1994", "Go to year"), ("2001", "Go to year")} <= set(places)
    studio.wayfinding.go(places["2001", "Go to year"])
    x, y, _ = view.view.camera.target_m
    assert (x, y) == pytest.approx((3.5, 1.5), abs=0.2), "in the middle of the two works of that year"
    studio.wayfinding.go(places["rain", where])
    assert view.view.camera.target_m[0] == pytest.approx(1.5, abs=0.2)
    studio.wayfinding.go("go:year:1800")
    assert view.view.camera.target_m[0] == pytest.approx(1.5, abs=0.2), "nothing of that year: one stays"
    view.stop()
    qtbot.wait(1)
