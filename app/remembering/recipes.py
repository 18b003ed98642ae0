"""Keeps recipes: approved runs that can be done again on another project, without any model."""

import sqlite3

import structlog
from pydantic import ValidationError

from agent.recipes import NotARecipe
from agent.templates import Template, template_named
from app.remembering.memory import Memory, NotRemembered

log = structlog.get_logger()

_MOST_NAME = 120


class NoSuchRecipe(Exception):
    """There is no recipe of that name."""


class NameTaken(Exception):
    """Another recipe has that name."""


class Recipes:
    """Callable from any thread."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def all(self) -> tuple[Template, ...]:
        """Every recipe that can be read, oldest first."""
        found: list[Template] = []
        for name, body in self._memory.rows("SELECT name, body FROM recipe ORDER BY rowid"):
            try:
                found.append(Template.model_validate_json(body))
            except ValidationError as error:
                log.warning("a recipe could not be read", name=name, problems=error.error_count())
        return tuple(found)

    def named(self, name: str) -> Template:
        """The recipe of that id or name; raises NoSuchRecipe."""
        found = template_named(self.all(), name)
        if found is None:
            known = ", ".join(f"“{recipe.name}”" for recipe in self.all()[:6])
            raise NoSuchRecipe(f"There is no recipe “{name}”. {f'Known: {known}.' if known else 'None is saved yet.'}")
        return found

    def keep(self, recipe: Template) -> None:
        """Save a recipe; raises NameTaken, or NotRemembered."""
        try:
            with self._memory.writing() as db:
                if db.execute("SELECT 1 FROM recipe WHERE name = ?", (recipe.name,)).fetchone():
                    raise NameTaken(f"There is a recipe “{recipe.name}” already. Choose another name.")
                row = (recipe.id, recipe.name, recipe.model_dump_json(exclude_defaults=True))
                db.execute("INSERT INTO recipe (id, name, body) VALUES (?, ?, ?)", row)
        except sqlite3.IntegrityError as error:
            raise NotRemembered(f"The recipe could not be kept ({error}).") from error

    def rename(self, name: str, new: str) -> Template:
        """Call a recipe otherwise; raises NoSuchRecipe, NotARecipe, NameTaken, or NotRemembered."""
        recipe, new = self.named(name), " ".join(new.split())[:_MOST_NAME]
        if not new:
            raise NotARecipe("A recipe needs a name.")
        renamed = recipe.model_copy(update={"name": new})
        with self._memory.writing() as db:
            if db.execute("SELECT 1 FROM recipe WHERE name = ? AND id != ?", (new, recipe.id)).fetchone():
                raise NameTaken(f"There is a recipe “{new}” already. Choose another name.")
            row = (new, renamed.model_dump_json(exclude_defaults=True), recipe.id)
            db.execute("UPDATE recipe SET name = ?, body = ? WHERE id = ?", row)
        return renamed

    def forget(self, name: str) -> None:
        """Drop a recipe; raises NoSuchRecipe, or NotRemembered."""
        recipe = self.named(name)
        with self._memory.writing() as db:
            db.execute("DELETE FROM recipe WHERE id = ?", (recipe.id,))
