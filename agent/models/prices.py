"""From words to tokens and from tokens to micro-dollars: what a call will cost, and the most that it can."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from agent.ports.models import Estimate, ModelMessage

_CHARACTERS_A_TOKEN = 3.8
"""Of English prose and JSON, over both providers' tokenisers; other scripts have fewer, see `tokens_in`."""
_TOKENS_A_MESSAGE = 6
_TOKENS_A_PICTURE = 800
_MOST_TOKENS_A_PICTURE = 2_000
_HIDDEN_TOKENS = 800
"""What a provider may put before a request itself, at most (how to use tools, how to write JSON)."""
_USUAL_SHARE_OF_OUTPUT = 0.15
"""Answers are much shorter than what they may be."""


@dataclass(frozen=True)
class Price:
    """Dollars a token."""

    input_usd: float
    output_usd: float

    def micro_usd(self, input_tokens: int, output_tokens: int) -> int:
        """What so many tokens cost, never rounded down."""
        return math.ceil(round((self.input_usd * input_tokens + self.output_usd * output_tokens) * 1_000_000, 6))


def price(input_usd: object, output_usd: object) -> Price | None:
    """The price from a list's entry; None unless both are plain, finite and not negative."""
    if not isinstance(input_usd, (int, float)) or not isinstance(output_usd, (int, float)):
        return None
    if not (math.isfinite(input_usd) and math.isfinite(output_usd) and input_usd >= 0 and output_usd >= 0):
        return None
    return Price(float(input_usd), float(output_usd))


def tokens_in(text: str) -> int:
    """About how many tokens a text is; a character outside of Latin scripts counts as one token."""
    wide = sum(ord(letter) > 0x2FF for letter in text)
    return math.ceil((len(text) - wide) / _CHARACTERS_A_TOKEN) + wide


def most_tokens_in(text: str) -> int:
    """The most tokens that a text can be: tokenisers over bytes never make more tokens than bytes."""
    return len(text.encode("utf-8", "surrogatepass"))


def estimate(
    messages: Sequence[ModelMessage], schema: str, most_output_tokens: int, price: Price | None, ceiling_micro_usd: int
) -> Estimate:
    """The price tag of a call. Where the price is not known, the ceiling is both what it costs and the most."""
    texts = [message.text + message.data for message in messages]
    pictures = sum(len(message.pictures) for message in messages)
    told = sum(tokens_in(text) + _TOKENS_A_MESSAGE for text in texts) + tokens_in(schema) + pictures * _TOKENS_A_PICTURE
    answer = math.ceil(most_output_tokens * _USUAL_SHARE_OF_OUTPUT)
    if price is None:
        return Estimate(told, answer, ceiling_micro_usd, ceiling_micro_usd)
    most = most_input_tokens(messages, schema)
    return Estimate(told, answer, price.micro_usd(told, answer), price.micro_usd(most, most_output_tokens))


def most_input_tokens(messages: Sequence[ModelMessage], schema: str) -> int:
    """The most tokens that a provider can honestly count as input."""
    most = sum(most_tokens_in(message.text + message.data) + 2 * _TOKENS_A_MESSAGE for message in messages)
    pictures = sum(len(message.pictures) for message in messages)
    return most + most_tokens_in(schema) + _HIDDEN_TOKENS + pictures * _MOST_TOKENS_A_PICTURE


def plausible(tokens: object, most: int) -> int | None:
    """A count of tokens that a provider reports, or None when it cannot be true."""
    if isinstance(tokens, bool) or not isinstance(tokens, int) or not 0 <= tokens <= most:
        return None
    return tokens
