"""Which model of which provider serves a purpose at a quality: settings and keys laid out for the gateway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from agent.models.prices import Price, price
from agent.models.settings import ModelPrice, ModelSettings, ProviderKind
from agent.ports.models import Purpose, Quality


@dataclass(frozen=True)
class Deployment:
    """One model at one provider for one purpose and quality. The key never shows when it is printed."""

    purpose: Purpose
    quality: Quality
    provider: str
    kind: ProviderKind
    model: str
    base_url: str = ""
    key: str = field(default="", repr=False)
    own_price: Price | None = None

    @property
    def name(self) -> str:
        """What the router calls it."""
        return f"{self.purpose}/{self.quality}/{self.provider}"


def deployments_of(settings: ModelSettings, keys: Mapping[str, str]) -> tuple[Deployment, ...]:
    """All that can be called with these settings and keys, in the order in which providers are asked."""
    found = []
    for provider in settings.providers:
        key = keys.get(provider.id, "")
        if not provider.enabled or (provider.needs_key and not key):
            continue
        for purpose in get_args(Purpose):
            for quality in get_args(Quality):
                model = provider.model(purpose, quality)
                if model is not None:
                    own = provider.prices.get(model)
                    found.append(Deployment(purpose, quality, provider.id, provider.kind, model, provider.base_url, key,
                                            _price(own)))  # fmt: skip
    return tuple(found)


def _price(own: ModelPrice | None) -> Price | None:
    return price(own.input_usd_per_million / 1e6, own.output_usd_per_million / 1e6) if own else None


def serving(deployments: Sequence[Deployment], purpose: Purpose, quality: Quality) -> list[Deployment]:
    """Those for a purpose and quality, in order."""
    return [d for d in deployments if d.purpose == purpose and d.quality == quality]
