"""What the window lists and edits of what is remembered: preferences, and the turns of the past."""

from collections.abc import Mapping
from datetime import UTC, datetime

from agent.intent import Intent
from agent.learning.evidence import Scope
from agent.learning.preference import Preference
from agent.learning.suggesting import next_requests, state_of
from agent.recipes import recipe_from, replayed
from agent.templates import Template, Value
from app.open_scene import OpenScene
from app.past import Past
from app.remembering.memory import Memory
from app.remembering.preferences import Preferences
from app.remembering.recipes import Recipes
from app.remembering.talk import PastTurn, Talk


class Remembered:
    """Lives on the UI thread."""

    def __init__(
        self, memory: Memory, preferences: Preferences, talk: Talk, recipes: Recipes, past: Past, scene: OpenScene
    ) -> None:
        self._recipes = recipes
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

    # -- workflows and recipes -------------------------------------------------------------------

    def save_recipe(self, name: str) -> Template:
        """Save how the approved show was made; raises NotARecipe, NameTaken, NotRemembered."""
        shown = [turn for turn in self._past.turns if turn.outcome == "proposed" and turn.verdict != "rejected"]
        meant = [(turn, intent) for turn in shown if (intent := turn.meant) is not None]
        starts = [n for n, (_, intent) in enumerate(meant) if intent.kind == "create"]
        since = meant[starts[-1] :] if starts else meant
        request = since[0][0].request if since else ""
        taken = [recipe.id for recipe in self._recipes.all()]
        at = datetime.now(UTC).isoformat(timespec="seconds")
        intents = [intent for _, intent in since]
        recipe = recipe_from(name, self._scene.store.scene, intents, request, at, taken)
        self._recipes.keep(recipe)
        return recipe

    def recipes(self) -> tuple[Template, ...]:
        """The saved recipes, oldest first."""
        return self._recipes.all()

    def replayed(self, name: str, values: Mapping[str, Value]) -> tuple[Template, Intent]:
        """A recipe with its intent for the open scene; raises NoSuchRecipe, BadTemplate."""
        recipe = self._recipes.named(name)
        return recipe, replayed(recipe, self._scene.staged, dict(values))

    def rename_recipe(self, name: str, new: str) -> Template:
        """Call a recipe otherwise; raises NoSuchRecipe, NotARecipe, NameTaken, NotRemembered."""
        return self._recipes.rename(name, new)

    def forget_recipe(self, name: str) -> None:
        """Drop a recipe; raises NoSuchRecipe, or NotRemembered."""
        self._recipes.forget(name)

    def suggestions(self, library: int, most: int) -> tuple[str, ...]:
        """The next likely requests."""
        scene = self._scene
        state = state_of(
            scene.staged, proposed=scene.proposal is not None, library=library, selected=len(scene.selection)
        )
        return next_requests(self._past.said(), state, most)

    def turn(self, turn_id: str) -> PastTurn | None:
        """One turn of the past."""
        return self._talk.turn(turn_id)
