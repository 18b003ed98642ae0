"""Terms of a request that shall run on the platform instead of this computer."""

from dataclasses import dataclass

from agent.running.terms import Terms
from scene.change import SceneChange


@dataclass(frozen=True)
class HostedTerms(Terms):
    """The same terms, elsewhere."""

    staged: SceneChange | None = None
    """The ghost over the saved scene that the request is asked about."""


def hosted(terms: Terms, staged: SceneChange | None) -> Terms:
    """These terms on the platform; what only this computer can do stays here: plans first, corrections of a run."""
    if terms.only_plan or terms.instead_of is not None or terms.another_way_of is not None:
        return terms
    return HostedTerms(
        terms.intent, terms.workflow, background=terms.background, resumed=terms.resumed, staged=staged
    )  # fmt: skip
