"""The library: imports, searches, thumbnails, canvases."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from uuid import uuid4

from agent.ports.library import Asset
from agent.ports.projects import Canvas
from app.conversation import Conversation
from app.messages import MOST_FOUND
from app.open_scene import OpenScene
from app.pictures.rendition_cache import RenditionCache
from app.services import Services


class Browsing:
    """Part of a session; answers come as messages."""

    _conversation: Conversation
    _scene: OpenScene
    _services: Services
    renditions: RenditionCache

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders; ImportProgressed follows."""
        self._services.import_paths(paths)

    def import_sample(self) -> None:
        """Make the sample collection where it is missing, and import it as it grows; SampleMade follows."""
        self._services.import_sample()

    def cancel_import(self, import_id: str) -> None:
        """Stop an import; what was added stays."""
        self._services.cancel_import(import_id)

    def stay_inside(self, folders: tuple[str, ...]) -> None:
        """Search only below these folders from now on; all of the library when there are none."""
        self._services.stay_inside(folders)
        self._conversation.folders = folders

    def search(self, words: str, most: int = MOST_FOUND) -> int:
        """Search for the library panel; SearchAnswered with the id given here follows."""
        return self._services.search(words, most)

    def find_file(self, asset_id: str) -> None:
        """Where a work's file lies on this computer; FileFound follows."""
        self._services.find_file(asset_id)

    def look_again(self) -> None:
        """Look whether another program has changed the library; LibraryChanged follows where one has."""
        self._services.look_again()

    def lookup(self, ids: tuple[str, ...]) -> "Future[tuple[Asset, ...]]":
        """The assets of these ids; unknown ones are left out."""
        return self._services.lookup(ids)

    def request_assets(self, ids: tuple[str, ...]) -> None:
        """Ask what these assets are; AssetsKnown follows, in parts."""
        self._services.request_assets(ids)

    def find_among(self, words: str, asset_ids: tuple[str, ...]) -> int:
        """Which of these assets fit the words; FoundAmong with the id given here follows."""
        return self._services.find_among(words, asset_ids)

    def save_canvas(self, name: str, asset_ids: tuple[str, ...]) -> None:
        """Save these assets as a canvas of the open project; Noticed follows."""
        if self._scene.project is not None:
            canvas = Canvas(id=uuid4().hex, project_id=self._scene.project.id, name=name[:400], asset_ids=asset_ids)
            self._services.save_canvas(canvas)

    def request_rendition(self, asset_id: str, edge_px: int) -> None:
        """Fetch a thumbnail; RenditionReady follows."""
        self._services.request_rendition(asset_id, edge_px)

    def rendition_path(self, asset_id: str, edge_px: int) -> Path | None:
        """A thumbnail that is on disk already."""
        return self.renditions.path(asset_id, edge_px)
