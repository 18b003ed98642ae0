"""The proposal in hand over the open scene: whoever stages one, a run or somebody else's work, stages it here."""

from app.keeping.clash import is_theirs
from app.keeping.proposal_versions import ProposalVersions
from scene.proposal import Proposal


class Ghost:
    """At most one proposal, with the versions that it went through."""

    def __init__(self) -> None:
        self.versions = ProposalVersions()

    @property
    def current(self) -> Proposal | None:
        """What is staged; None means that the scene itself is shown."""
        return self.versions.current

    @property
    def is_theirs(self) -> bool:
        """Whether it is somebody else's version of what I changed too."""
        return self.current is not None and is_theirs(self.current)

    def show(self, proposal: Proposal) -> None:
        """A newer version on top of those that were shown."""
        self.versions = self.versions.with_new(proposal)

    def begin(self, proposal: Proposal | None = None) -> None:
        """This one alone, or none, without any earlier versions."""
        self.versions = ProposalVersions(proposal)
