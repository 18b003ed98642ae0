"""What a desktop gives a run beyond words and scene: checked when it is posted, read when the run is begun."""

from pydantic import ValidationError

from agent.intent import Intent
from agent.running.steps import UnreadableSteps, Workflow, steps_from_plain
from platform_service.errors import Refused
from platform_service.runs.values import Around
from scene.carry_over import carry_over
from scene.change import SceneChange
from scene.document import DocumentError, change_from_plain
from scene.scene import Scene


def readable(around: Around) -> None:
    """Refuse what a run could not read later. May take a while for a large change."""
    staged_of(around)
    intent_of(around)
    workflow_of(around)
    last_intents_of(around)


def seen(around: Around, scene: Scene) -> Scene:
    """The scene with what was staged over it, as far as it fits."""
    change = staged_of(around)
    return scene if change is None else carry_over(change, scene).change.apply_to(scene)


def staged_of(around: Around) -> SceneChange | None:
    """The ghost; raises Refused."""
    try:
        return None if around.staged is None else change_from_plain(around.staged)
    except (DocumentError, ValueError, TypeError, KeyError) as error:
        raise _unreadable("What is staged", error) from error


def intent_of(around: Around) -> Intent | None:
    """What was understood already; raises Refused."""
    try:
        return None if around.intent is None else Intent.model_validate(around.intent)
    except ValidationError as error:
        raise _unreadable("The intent", error) from error


def last_intents_of(around: Around) -> tuple[Intent, ...]:
    """What was understood before; raises Refused."""
    try:
        return tuple(Intent.model_validate(one) for one in around.last_intents)
    except ValidationError as error:
        raise _unreadable("What was understood before", error) from error


def workflow_of(around: Around) -> Workflow | None:
    """The steps to run; raises Refused."""
    try:
        return None if around.workflow is None else steps_from_plain(list(around.workflow))
    except UnreadableSteps as error:
        raise _unreadable("The workflow", error) from error


def _unreadable(what: str, error: Exception) -> Refused:
    why = str(error).splitlines()[0][:300]
    return Refused(f"{what} cannot be read: {why}.", "Nothing was started.", "Leave it out, or send it as it was made.")
