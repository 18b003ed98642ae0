"""One quiet line about money: what a run is likely to cost before, and what it has spent meanwhile."""

from PySide6.QtWidgets import QLabel

from agent.events import Priced, Spending, StepPrice
from ui.settings.words import spoken_usd
from ui.style.parts import label


class PriceLine:
    """Hidden while nothing costs anything."""

    def __init__(self) -> None:
        self.line: QLabel = label("", "caption", wrap=True)
        self.line.hide()

    def show_price(self, priced: Priced) -> None:
        """The price tag; one of zero says nothing and leaves what was said."""
        if priced.total_usd <= 0:
            return
        most = f", at most {spoken_usd(priced.most_usd)}" if priced.most_usd > priced.total_usd else ""
        self._say(f"About {spoken_usd(priced.total_usd)}{most}{_under(priced.cap_usd)}")
        self.line.setToolTip("\n".join(_row(step) for step in priced.steps))

    def show_spending(self, spending: Spending) -> None:
        """The running count."""
        if spending.spent_usd > 0:
            self._say(f"{spoken_usd(spending.spent_usd)} so far{_under(spending.cap_usd)}")

    def _say(self, words: str) -> None:
        self.line.setText(words)
        self.line.setAccessibleName(f"Cost: {words}")
        self.line.show()


def _under(cap_usd: float | None) -> str:
    return f" · cap {spoken_usd(cap_usd)}" if cap_usd is not None else ""


def _row(step: StepPrice) -> str:
    tokens = f"{step.input_tokens:,} tokens in, {step.output_tokens:,} out, " if step.input_tokens else ""
    return f"{step.title}: {tokens}{spoken_usd(step.usd)}"
