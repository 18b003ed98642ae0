"""Which providers and models are used, by purpose and quality, and what may be spent: plain values without secrets."""

import ipaddress
import math
from collections.abc import Mapping
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from agent.ports.models import Purpose, Quality

ProviderKind = Literal["openai", "anthropic", "local"]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Usd = Annotated[float, Field(ge=0.0, le=1_000_000.0, allow_inf_nan=False)]

_QUALITIES: tuple[Quality, ...] = ("draft", "standard", "high")
_DEFAULT_MODELS: Mapping[ProviderKind, Mapping[Purpose, Mapping[Quality, str]]] = {
    "openai": {
        "plan": {"draft": "gpt-4.1-mini", "standard": "gpt-4.1", "high": "gpt-5.1"},
        "chat": {"draft": "gpt-4.1-mini", "standard": "gpt-4.1-mini", "high": "gpt-4.1"},
        "vision": {"draft": "gpt-4.1-mini", "standard": "gpt-4.1-mini", "high": "gpt-4.1"},
        "embed": {"standard": "text-embedding-3-small"},
    },
    "anthropic": {
        "plan": {"draft": "claude-haiku-4-5", "standard": "claude-sonnet-4-6", "high": "claude-opus-4-6"},
        "chat": {"draft": "claude-haiku-4-5", "standard": "claude-haiku-4-5", "high": "claude-sonnet-4-6"},
        "vision": {"draft": "claude-haiku-4-5", "standard": "claude-haiku-4-5", "high": "claude-sonnet-4-6"},
    },
    "local": {},
}


class Settings(BaseModel):
    """Base of the values below: frozen, and nothing unknown passes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelPrice(Settings):
    """What a model costs, where the price list does not know it; 0 means free, as on a machine of one's own."""

    input_usd_per_million: Usd
    output_usd_per_million: Usd


class ProviderSettings(Settings):
    """One provider. What is left out of `models` has the kind's default; a purpose without a model is not served."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    kind: ProviderKind
    enabled: bool = True
    base_url: Annotated[str, Field(max_length=400)] = ""
    """Empty for the provider's own address; needed for a local server."""
    models: Mapping[Purpose, Mapping[Quality, Name]] = {}
    prices: Mapping[Name, ModelPrice] = {}

    @field_validator("base_url")
    @classmethod
    def _reachable(cls, url: str) -> str:
        if not url:
            return url
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            raise ValueError("the address begins with https:// (or http:// on this computer or network)")
        if parts.scheme == "http" and not _is_near(parts.hostname):
            raise ValueError("http:// is for this computer and its network; elsewhere the key would travel in clear")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _local_has_an_address(self) -> Self:
        if self.kind == "local" and self.enabled and not self.base_url:
            raise ValueError("a local server needs its address, for example http://127.0.0.1:11434/v1")
        return self

    def model(self, purpose: Purpose, quality: Quality) -> str | None:
        """The model for a purpose; where a quality has none of its own, the nearest lower one's, then any."""
        chosen = {**_DEFAULT_MODELS[self.kind].get(purpose, {}), **self.models.get(purpose, {})}
        at = _QUALITIES.index(quality)
        for name in (*reversed(_QUALITIES[: at + 1]), *_QUALITIES[at + 1 :]):
            if name in chosen:
                return chosen[name]
        return None

    @property
    def needs_key(self) -> bool:
        """Whether nothing works without a key."""
        return self.kind != "local"


class Caps(Settings):
    """What may be spent, in dollars; None is no cap."""

    run_usd: Usd | None = 0.50
    day_usd: Usd | None = 5.0
    tenant_usd: Usd | None = 50.0
    """In a calendar month."""


class ModelSettings(Settings):
    """All of it. Providers are asked in this order."""

    providers: tuple[ProviderSettings, ...] = (
        ProviderSettings(id="openai", kind="openai"),
        ProviderSettings(id="anthropic", kind="anthropic"),
    )
    quality: Quality = "standard"
    """When a request does not say it."""
    phrase_answers: Literal["never", "other_languages", "always"] = "other_languages"
    """When answers about the library are put into words by a model; in English our own are good enough."""
    deadline_s: Annotated[float, Field(ge=1.0, le=120.0)] = 20.0
    unknown_price_ceiling_usd: Usd = 0.05
    """Reserved for one call of a model whose price is not known."""
    caps: Caps = Caps()

    @field_validator("providers")
    @classmethod
    def _ids_are_unique(cls, providers: tuple[ProviderSettings, ...]) -> tuple[ProviderSettings, ...]:
        ids = [provider.id for provider in providers]
        if len(ids) != len(set(ids)):
            raise ValueError("every provider has a name of its own")
        return providers

    def provider(self, provider_id: str) -> ProviderSettings | None:
        """The provider of that id."""
        return next((provider for provider in self.providers if provider.id == provider_id), None)


def variable_of(provider_id: str) -> str:
    """The environment's variable for a provider's key, as everybody calls it: OPENAI_API_KEY, LOCAL_API_KEY."""
    return f"{provider_id.upper().replace('-', '_')}_API_KEY"


def micro_usd(usd: float) -> int:
    """Dollars in whole micro-dollars, never less."""
    return math.ceil(round(usd * 1_000_000, 3))


def _is_near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private
