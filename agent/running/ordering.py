"""The order in which steps may run: after what they refer to, and never beside another that changes the same draft."""

from collections.abc import Collection, Mapping, Sequence

from agent.running.steps import Step, Workflow
from agent.running.traits import trait_of


class Circle(ValueError):
    """Steps wait for each other."""

    def __init__(self, ids: Collection[str]) -> None:
        super().__init__(f"steps wait for each other: {', '.join(sorted(ids))}")
        self.ids = tuple(sorted(ids))


def in_order(workflow: Sequence[Step]) -> Workflow:
    """The steps with all that each needs before it; otherwise by priority, then as they were given. Raises Circle."""
    left, done, ordered = list(workflow), set[str](), list[Step]()
    while left:
        ready = [step for step in left if done.issuperset(step.needs)]
        if not ready:
            raise Circle([step.id for step in left])
        first = max(ready, key=lambda step: step.priority)
        left.remove(first)
        done.add(first.id)
        ordered.append(first)
    return tuple(ordered)


def waits_for(workflow: Workflow) -> Mapping[str, tuple[str, ...]]:
    """For each step of an ordered workflow the steps that must be done before it starts.

    Steps that only look at the draft may run beside each other. One that changes it waits for all before it that
    touch it, and whatever touches it later waits for that one.
    """
    needs: dict[str, tuple[str, ...]] = {}
    writer, readers = "", list[str]()
    for step in workflow:
        touches = trait_of(step.tool).draft
        more: list[str] = []
        if touches != "nothing":
            more += [writer] if writer else []
        if touches == "writes":
            more += readers
            writer, readers = step.id, []
        elif touches == "reads":
            readers.append(step.id)
        needs[step.id] = tuple(dict.fromkeys((*step.needs, *more)))
    return needs


def ready_steps(needs: Mapping[str, Sequence[str]], done: Collection[str], gone: Collection[str] = ()) -> list[str]:
    """The steps that could start now, in order: not done, and all that they wait for is; `gone` ones never start."""
    over = {*done, *gone}
    return [step for step, waits in needs.items() if step not in over and over.issuperset(waits)]


def hanging_on(workflow: Sequence[Step], lost: Collection[str]) -> set[str]:
    """The steps that cannot run without those: they refer to them or come after them, directly or not."""
    gone = set(lost)
    for step in in_order(workflow):
        if gone.intersection(step.needs):
            gone.add(step.id)
    return gone - set(lost)
