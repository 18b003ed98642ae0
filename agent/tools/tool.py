"""What a tool is: a name, the shape of its arguments, and what it does with them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.desk import Call, Desk, Outcome


class Arguments(BaseModel):
    """Base of all tool arguments: frozen, and nothing unknown gets in."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BadArguments(ValueError):
    """A tool was called with arguments that it does not take."""


@dataclass(frozen=True)
class Tool:
    """One thing that the agent can do. `title` says it in words while it runs."""

    name: str
    title: str
    arguments: type[BaseModel]
    run: Callable[[Any, Call, Desk], Awaitable[Outcome]]

    async def __call__(self, arguments: dict[str, Any], call: Call, desk: Desk) -> Outcome:
        """Validate the arguments and run; raises BadArguments before anything happened."""
        try:
            checked = self.arguments.model_validate(arguments)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise BadArguments(f"{self.name}: {where}: {first['msg']}") from error
        return await self.run(checked, call, desk)
