"""What is said: turns that are asked for, planned, run in the background, stopped, gone on with."""

from agent.intent import Intent
from agent.running.steps import Workflow
from agent.running.terms import Terms
from app.conversation import Conversation
from app.services import Services


class Talking:
    """Part of a session; belongs to the UI thread."""

    _conversation: Conversation
    _services: Services

    @property
    def running(self) -> bool:
        """Whether a turn is under way."""
        return self._conversation.running

    def running_is(self, turn_id: str) -> bool:
        """Whether this turn is the one under way."""
        return self._conversation.running_is(turn_id)

    def ask(self, text: str, intent: Intent | None = None) -> str:
        """Start a turn with this request (or a corrected intent); gives the turn's id."""
        return self._conversation.ask(text, intent)

    @property
    def is_team(self) -> bool:
        """Whether the platform is a team's, and not one that this computer runs for itself."""
        return self._services.is_team

    @property
    def runs_on_platform(self) -> bool:
        """Whether requests are run on the platform instead of this computer."""
        return self._conversation.on_platform

    def list_sessions(self) -> None:
        """Who of the team has a session open; SessionsListed follows."""
        self._services.list_sessions()

    def run_on_platform(self, on: bool) -> None:
        """Run requests there from the next one on."""
        self._conversation.on_platform = on

    def arrange(self, layout: str) -> str:
        """Lay the works on show out anew, without any planner: the same tools, from the menu."""
        intent = Intent.model_validate({"kind": "refine", "layout": layout, "keep_works": True})
        return self.ask(f"Arrange as {layout}", intent)

    def cancel(self) -> None:
        """Stop the turn under way."""
        self._conversation.cancel()

    def ask_in_background(self, text: str) -> str:
        """Start a run that nobody waits for; gives its id. Its proposal is shown when it is asked for."""
        return self._conversation.ask(text, None, Terms(background=True))

    @property
    def in_background(self) -> tuple[str, ...]:
        """The runs that go on in the background, oldest first."""
        return self._conversation.beside.going

    def cancel_background(self, turn_id: str) -> bool:
        """Stop a run in the background; whether there was one. Its end follows."""
        return self._conversation.beside.cancel(turn_id)

    def plan(self, text: str) -> str:
        """Understand, plan and price a request without running it; TurnEnded `planned` holds the workflow."""
        return self._conversation.ask(text, None, Terms(only_plan=True))

    def run_plan(self, text: str, intent: Intent, workflow: Workflow) -> str:
        """Run these steps, as planned or as edited (`agent.running.validation.edited`)."""
        return self._conversation.ask(text, None, Terms(intent=intent, workflow=workflow))

    def go_on(self) -> str:
        """Take up the run that was interrupted; gives its id, empty when there is none."""
        return self._conversation.go_on()
