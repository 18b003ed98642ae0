"""The panel of runs, the recipes and the templates: what each shows of the session, and what each asks of it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from agent.money import UNDERSTAND
from agent.ports.money import MICRO_USD
from agent.templates import BadTemplate, Template, Value
from app.runs.words import words_for
from ui.commands.catalogue import Command
from ui.main_window import MainWindow
from ui.runs.panel import Acts
from ui.runs.words import with_reading
from ui.wiring.dialogs import ask_name
from ui.wiring.session_controller import SessionController

if TYPE_CHECKING:
    from app.session import Session

_EVERY_MS = 1_000
_MOST_RUNS = 200
_KEPT = "Nothing was changed."


class RunWires(QObject):
    """Follows one session; the panel is kept right while it can be seen."""

    def __init__(self, studio: SessionController) -> None:
        super().__init__(studio)
        self._studio = studio
        self._window: MainWindow = studio.window
        self._recipe_commands: list[str] = []
        self._look_again = QTimer(self)
        self._look_again.setInterval(_EVERY_MS)
        self._look_again.timeout.connect(self.refresh)
        panel, recipes = self._window.runs, self._window.runs.recipes
        panel.run_chosen.connect(self._show_run)
        panel.came_up.connect(self.refresh)
        panel.replay_wanted.connect(self.replay)
        panel.roll_back_wanted.connect(self.roll_back)
        panel.save_wanted.connect(lambda _: self.save_recipe())
        panel.go_on_wanted.connect(self.go_on)
        panel.stop_wanted.connect(self.stop)
        recipes.replay_wanted.connect(self.replay_recipe)
        recipes.rename_wanted.connect(self.rename_recipe)
        recipes.delete_wanted.connect(self.delete_recipe)

    @property
    def _session(self) -> "Session | None":
        return self._studio.session

    def attach(self) -> None:
        """A session is there: its templates and recipes become commands."""
        if self._session is None:
            return
        for template in self._session.templates():
            self._add_command(f"template.{template.id}", template, "templates", self.run_template)
        self._recipes_changed()
        self._look_again.start()

    def detach(self) -> None:
        """It is about to stop."""
        self._look_again.stop()

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What the commands do."""
        return {"recipe.save": self.save_recipe, "recipe.list": self.show_recipes}

    # -- runs ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Bring the panel up to date, while it can be seen."""
        session, panel = self._session, self._window.runs
        if session is None or not panel.isVisible():
            return
        project = session.project
        panel.show_runs(session.runs.runs(project_id=project.id if project else "", most=_MOST_RUNS))
        self._show_run(panel.list.current)

    def _show_run(self, run_id: str) -> None:
        session = self._session
        if session is None or not run_id:
            self._window.runs.show_run(None, Acts())
            return
        run = session.runs.run(run_id)
        here = bool(session.store.history.of_turn(run_id))
        interrupted = any(one.run_id == run_id for one in session.runs.interrupted)
        meant = run is not None and bool(run.intent) and run.summary.state == "ended"
        if run is not None:
            run = with_reading(run, self._spent_reading(run_id))
        going = session.running_is(run_id) or run_id in session.in_background
        self._window.runs.show_run(run, Acts(meant and not session.running, here, here, interrupted, going))

    def _spent_reading(self, run_id: str) -> float:
        costs = self._session.ledger.by_step(run_id) if self._session is not None else []
        return sum(cost.micro_usd for cost in costs if cost.name == UNDERSTAND) / MICRO_USD

    def replay(self, run_id: str) -> None:
        """Do once more what a run meant."""
        if self._session is None:
            return
        run = self._session.runs.run(run_id)
        turn_id = self._session.replay_run(run_id)
        if turn_id and run is not None:
            self._studio.begin(turn_id, run.summary.request, "Replayed, without a model")
        else:
            self._studio.notice("info", "This run cannot be replayed: what it meant is not kept any more.", _KEPT)

    def go_on(self, run_id: str) -> None:
        """Take up an interrupted run."""
        left = self._session.runs.interrupted if self._session is not None else ()
        request = next((one.request for one in left if one.run_id == run_id), None)
        if request is not None:
            self._studio.ask(words_for("go_on", request))

    def stop(self, run_id: str) -> None:
        """End a run that goes on, in the background or not."""
        session = self._session
        if session is not None and not session.cancel_background(run_id) and session.running_is(run_id):
            session.cancel()

    def roll_back(self, run_id: str) -> None:
        """Undo what was approved of a run."""
        if self._session is None:
            return
        if self._session.roll_back(run_id):
            self._studio.notice("info", "Rolled back.", "What was done since is kept.", "Undo brings it back.")
        else:
            self._studio.notice("info", "There is nothing of this run to take back.", _KEPT)
        self.refresh()

    # -- templates and recipes -------------------------------------------------------------------

    def run_template(self, template_id: str) -> None:
        """Run a workflow for frequent work; its values are asked for first."""
        if self._session is None:
            return
        found = next((one for one in self._session.templates() if one.id == template_id), None)
        if found is not None:
            self._with_values(found, partial(self._run_template, found))

    def _run_template(self, template: Template, values: Mapping[str, Value]) -> None:
        if self._session is not None:
            try:
                self._studio.begin(
                    self._session.run_template(template.id, values), _called(template, values), "Template"
                )
            except BadTemplate as error:
                self._studio.notice("warning", str(error), _KEPT)

    def replay_recipe(self, recipe_id: str) -> None:
        """Make a saved show again; its values are asked for first."""
        found = self._recipe(recipe_id)
        if found is not None:
            self._with_values(found, partial(self._replay_recipe, found))

    def _replay_recipe(self, recipe: Template, values: Mapping[str, Value]) -> None:
        from app.remembering.recipes import NoSuchRecipe

        if self._session is not None:
            try:
                turn_id = self._session.replay_recipe(recipe.id, values)
            except (NoSuchRecipe, BadTemplate) as error:
                self._studio.notice("warning", str(error), _KEPT)
            else:
                self._studio.begin(turn_id, _called(recipe, values), "Recipe, without a model")

    def save_recipe(self) -> None:
        """Keep how the show on the stage was made."""
        session = self._session
        if session is None:
            return
        title = session.project.name if session.project is not None else ""
        ask_name(self._window, "Save as recipe", "Name of the recipe", self._save_recipe, name=title, accept="Save")

    def _save_recipe(self, name: str) -> None:
        from agent.recipes import NotARecipe
        from app.remembering.memory import NotRemembered
        from app.remembering.recipes import NameTaken

        if self._session is None:
            return
        try:
            recipe = self._session.save_recipe(name)
        except (NotARecipe, NameTaken, NotRemembered) as error:
            self._studio.notice("warning", str(error), "No recipe was saved.")
            return
        self._recipes_changed()
        self._studio.notice("info", f"Saved as “{recipe.name}”.", advice="Arrange > Recipes runs it again.")

    def rename_recipe(self, recipe_id: str) -> None:
        """Ask for another name."""
        found = self._recipe(recipe_id)
        if found is not None:
            use = partial(self._rename_recipe, recipe_id)
            ask_name(self._window, "Rename the recipe", "Name of the recipe", use, name=found.name, accept="Rename")

    def _rename_recipe(self, recipe_id: str, name: str) -> None:
        from agent.recipes import NotARecipe
        from app.remembering.memory import NotRemembered
        from app.remembering.recipes import NameTaken, NoSuchRecipe

        if self._session is None:
            return
        try:
            self._session.rename_recipe(recipe_id, name)
        except (NotARecipe, NameTaken, NoSuchRecipe, NotRemembered) as error:
            self._studio.notice("warning", str(error), "It is called as before.")
        self._recipes_changed()

    def delete_recipe(self, recipe_id: str) -> None:
        """Drop a recipe; shows made with it stay."""
        from app.remembering.memory import NotRemembered
        from app.remembering.recipes import NoSuchRecipe

        if self._session is None:
            return
        try:
            self._session.forget_recipe(recipe_id)
        except (NoSuchRecipe, NotRemembered) as error:
            self._studio.notice("warning", str(error), _KEPT)
        self._recipes_changed()

    def show_recipes(self) -> None:
        """The list of them, in the panel of runs."""
        self._window.show_panel("runs")
        self._window.runs.show_side("recipes")
        self._window.runs.recipes.list.setFocus()

    def _recipe(self, recipe_id: str) -> Template | None:
        recipes = self._session.recipes() if self._session is not None else ()
        return next((one for one in recipes if one.id == recipe_id), None)

    def _recipes_changed(self) -> None:
        for command_id in self._recipe_commands:
            self._window.commands.remove(command_id)
        recipes = self._session.recipes() if self._session is not None else ()
        self._recipe_commands = [f"recipe.run.{recipe.id}" for recipe in recipes]
        for command_id, recipe in zip(self._recipe_commands, recipes, strict=True):
            self._add_command(command_id, recipe, "recipes", self.replay_recipe)
        self._window.runs.show_recipes(recipes)

    def _add_command(self, command_id: str, template: Template, menu: str, run: Callable[[str], object]) -> None:
        more = "…" if template.parameters else ""
        self._window.commands.add(Command(command_id, f"{template.name}{more}", menu), partial(run, template.id))

    def _with_values(self, template: Template, use: Callable[[Mapping[str, Value]], object]) -> None:
        from ui.runs.values_dialog import ValuesDialog

        session = self._session
        if session is None or not template.parameters:
            use({})
            return
        themes = {theme.id: theme.name for theme in session.themes.values()}
        dialog = ValuesDialog(template, themes, self._window)
        dialog.run_wanted.connect(use)
        dialog.open()


def _called(template: Template, values: Mapping[str, Value]) -> str:
    """A template with its values, as a line of the conversation."""
    told = [f"{p.label.lower()} {values[p.name]}" for p in template.parameters if values.get(p.name) not in (None, "")]
    return f"{template.name}: {', '.join(told)}" if told else template.name
