"""Recipes and workflows on the command line: what there is, and the values that a replay is given."""

import argparse
import json
from collections.abc import Mapping, Sequence

from agent.recipes import NotARecipe
from agent.templates import Template, Value, shipped_templates
from app.commands.headless import Headless, HeadlessError
from app.places import Places
from app.remembering.memory import Memory, NotRemembered
from app.remembering.recipes import NameTaken, NoSuchRecipe, Recipes


def add_recipes_command(found: argparse.ArgumentParser) -> None:
    """Describe `vernissage recipes`."""
    found.add_argument("--forget", metavar="NAME", help="drop a recipe")
    found.add_argument("--json", action="store_true")
    found.set_defaults(command=_recipes)


def add_replay_options(found: argparse.ArgumentParser) -> None:
    """What `vernissage replay` takes beyond what asking takes."""
    found.add_argument("requests", nargs=1, metavar="NAME", help="a recipe, or a workflow such as contact_sheet")
    found.add_argument(
        "--set", action="append", default=[], dest="values", metavar="NAME=VALUE", help="a parameter, such as count=12"
    )


def replay(studio: Headless, name: str, options: argparse.Namespace) -> str:
    """Start a recipe, or else a workflow, of that name; gives the turn's id. Raises HeadlessError."""
    values = _values(options.values)
    session = studio.session
    try:
        workflow = next((t for t in shipped_templates() if name.casefold() in (t.id, t.name.casefold())), None)
        known = {recipe.name.casefold() for recipe in session.recipes()} | {r.id for r in session.recipes()}
        if workflow is not None and name.casefold() not in known:
            return session.run_template(workflow.id, values)
        return session.replay_recipe(name, values)
    except (NoSuchRecipe, ValueError) as error:
        raise HeadlessError(f"{error} Nothing was changed.") from error


def save(studio: Headless, name: str) -> str:
    """Save the approved show as a recipe; gives what to say. Raises HeadlessError."""
    try:
        recipe = studio.session.save_recipe(name)
    except (NotARecipe, NameTaken, NotRemembered) as error:
        raise HeadlessError(f"{error} The show itself is kept.") from error
    return f"Saved as a recipe: “{recipe.name}”. Do it again with: vernissage replay {recipe.id}"


def _values(pairs: Sequence[str]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for pair in pairs:
        name, there, value = pair.partition("=")
        if not there or not name.strip():
            raise HeadlessError(f"--set {pair}: it takes NAME=VALUE. Nothing was changed.")
        found[name.strip()] = value.strip()
    return found


def _recipes(options: argparse.Namespace) -> int:
    places = Places.at(options.data_dir)
    places.make()
    memory = Memory(places.memory)
    try:
        recipes = Recipes(memory)
        if options.forget:
            recipes.forget(options.forget)
        found = (*recipes.all(), *shipped_templates())
        if options.json:
            print(json.dumps([template.model_dump(mode="json") for template in found], ensure_ascii=False))
        else:
            _print(recipes.all(), "No recipes are saved yet. After an approval: vernissage ask ... --save-recipe NAME")
            print("Workflows:")
            _print(shipped_templates(), "")
    except (NoSuchRecipe, NotRemembered) as error:
        raise HeadlessError(str(error)) from error
    finally:
        memory.close()
    return 0


def _print(templates: Sequence[Template], otherwise: str) -> None:
    for template in templates:
        print(f"{template.id}  {template.name}: {template.description}")
        for parameter in template.parameters:
            default = "" if parameter.default is None else f" ({parameter.default})"
            print(f"    {parameter.name}: {parameter.label}{default}")
    if not templates and otherwise:
        print(otherwise)
