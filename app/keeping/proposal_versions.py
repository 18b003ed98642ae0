"""The versions of a proposal while it is being talked about: back and forward without touching the scene."""

from dataclasses import dataclass, replace

from scene.proposal import Proposal


@dataclass(frozen=True)
class ProposalVersions:
    """`current` is what is staged; None means that the scene itself is shown."""

    current: Proposal | None = None
    earlier: tuple[Proposal, ...] = ()
    later: tuple[Proposal, ...] = ()

    def with_new(self, proposal: Proposal) -> "ProposalVersions":
        """A newer version on top; what could be gone forward to is dropped."""
        return ProposalVersions(proposal, self.earlier if self.current is None else (*self.earlier, self.current))

    def back(self) -> "ProposalVersions":
        """One version back, down to none."""
        if self.current is None:
            return self
        before = self.earlier[-1] if self.earlier else None
        return ProposalVersions(before, self.earlier[:-1], (*self.later, self.current))

    def forward(self) -> "ProposalVersions":
        """One version forward again."""
        if not self.later:
            return self
        return replace(self.with_new(self.later[-1]), later=self.later[:-1])
