"""What the window lists and edits of what is remembered: preferences, and the turns of the past."""

from agent.learning.evidence import Scope
from agent.learning.preference import Preference
from app.memory import Memory
from app.open_scene import OpenScene
from app.past import Past
from app.preferences import Preferences
from app.talk import PastTurn, Talk


class Remembered:
    """Lives on the UI thread."""

    def __init__(self, memory: Memory, preferences: Preferences, talk: Talk, past: Past, scene: OpenScene) -> None:
        self._memory = memory
        self._preferences = preferences
        self._talk = talk
        self._past = past
        self._scene = scene

    def close(self) -> None:
        """Close the file."""
        self._memory.close()

    def preferences(self, *, everywhere: bool = False) -> tuple[Preference, ...]:
        """The rules that hold in the open scene, or with `everywhere` all that there are."""
        return self._preferences.all() if everywhere else self._past.preferences()

    def edit_preference(
        self, preference_id: str, *, value: float | None = None, text: str | None = None, scope: Scope | None = None
    ) -> Preference:
        """Make a rule one's own; raises NoSuchPreference, or NotRemembered."""
        return self._preferences.edit(preference_id, value=value, text=text, scope=scope, places=self._scene.place)

    def forget_preference(self, preference_id: str) -> None:
        """Drop a rule with all its evidence; raises NoSuchPreference, or NotRemembered."""
        self._preferences.forget(preference_id)

    def history(self, *, aside: bool = False) -> tuple[PastTurn, ...]:
        """What was said in the open project, oldest first; with `aside`, in branches that were left as well."""
        return self._talk.turns(self._scene.place[1], aside=aside) if aside else self._past.turns

    def turn(self, turn_id: str) -> PastTurn | None:
        """One turn of the past."""
        return self._talk.turn(turn_id)
