"""What is remembered of the creator: preferences, recipes, and what was said before."""

from collections.abc import Mapping

from agent.learning.evidence import Scope
from agent.learning.preference import Preference
from agent.ports.library import Facets
from agent.templates import BadTemplate, Template, Value, shipped_templates, template_named
from app.remembered import Remembered
from app.remembering.talk import PastTurn
from app.rooms.talking import Talking


class Recalling(Talking):
    """Part of a session; what is done again is asked for like anything else."""

    _remembered: Remembered
    facets: Facets

    def preferences(self, *, everywhere: bool = False) -> tuple[Preference, ...]:
        """The rules learnt or set that hold in the open scene, or all there are; `words` reads each out."""
        return self._remembered.preferences(everywhere=everywhere)

    def edit_preference(
        self, preference_id: str, *, value: float | None = None, text: str | None = None, scope: Scope | None = None
    ) -> Preference:
        """Set a rule's value, theme or scope (here, project, always); raises NoSuchPreference or NotRemembered."""
        return self._remembered.edit_preference(preference_id, value=value, text=text, scope=scope)

    def forget_preference(self, preference_id: str) -> None:
        """Drop a rule with all that it rests on; raises NoSuchPreference or NotRemembered."""
        self._remembered.forget_preference(preference_id)

    def templates(self) -> tuple[Template, ...]:
        """Workflows for frequent work, each with its parameters."""
        return shipped_templates()

    def run_template(self, template_id: str, values: Mapping[str, Value] | None = None) -> str:
        """Run a workflow with these values (defaults for the rest), without any planner; gives the turn's id.

        Raises BadTemplate for an unknown workflow, parameter or value.
        """
        template = template_named(shipped_templates(), template_id)
        if template is None:
            raise BadTemplate(f"There is no workflow “{template_id}”.")
        return self.ask(template.name, template.filled(values or {}))

    def save_recipe(self, name: str) -> Template:
        """Save how the approved show was made, to do it again; raises NotARecipe, NameTaken, NotRemembered."""
        return self._remembered.save_recipe(name)

    def recipes(self) -> tuple[Template, ...]:
        """The saved recipes, oldest first; each has parameters like a template."""
        return self._remembered.recipes()

    def replay_recipe(self, name: str, values: Mapping[str, Value] | None = None) -> str:
        """Run a recipe (id or name) over the open scene, without any planner; gives the turn's id.

        Raises NoSuchRecipe or BadTemplate.
        """
        recipe, intent = self._remembered.replayed(name, values or {})
        return self.ask(recipe.name, intent)

    def rename_recipe(self, name: str, new: str) -> Template:
        """Call a recipe (id or name) otherwise; raises NoSuchRecipe, NotARecipe, NameTaken or NotRemembered."""
        return self._remembered.rename_recipe(name, new)

    def forget_recipe(self, name: str) -> None:
        """Drop a recipe (id or name); raises NoSuchRecipe or NotRemembered."""
        self._remembered.forget_recipe(name)

    def suggestions(self, most: int = 4) -> tuple[str, ...]:
        """The next likely requests, best first: from what followed such requests before, else from the scene."""
        return self._remembered.suggestions(self.facets.total, most)

    def ask_again(self, turn_id: str, text: str) -> str:
        """Edit an earlier message: take back what that turn and later ones did, keep hand edits, and ask anew.

        Gives the new turn's id; empty while a turn runs, or where there is no such turn. The turns that are left
        stay in `conversation_history(aside=True)`.
        """
        return self._conversation.ask_again(turn_id, text)

    def message_versions(self) -> dict[str, tuple[str, ...]]:
        """Of each message on show that was edited: its versions, by their turns, oldest first."""
        return self._conversation.message_versions()

    def switch_branch(self, turn_id: str) -> bool:
        """Go on in a branch that was left, named by any turn of it; False while a turn runs, or without such a one."""
        return self._conversation.switch_branch(turn_id)

    def replay_run(self, turn_id: str) -> str:
        """Run what an earlier turn meant once more, without any planner; gives the new turn's id, empty without one."""
        turn = self._remembered.turn(turn_id)
        meant = turn.meant if turn is not None else None
        return self.ask(turn.request, meant) if turn is not None and meant is not None else ""

    def conversation_history(self, *, aside: bool = False) -> tuple[PastTurn, ...]:
        """What was said in the open project, oldest first; with `aside`, in branches that were left as well."""
        return self._remembered.history(aside=aside)
