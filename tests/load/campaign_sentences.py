"""Sentences of the vocabulary, alone and in mixtures, read and planned: `python -m tests.load sentences [SECONDS]`."""

import json
import random
import sys
import time
import traceback

from agent.offline.understand import understand
from agent.workflow import workflow_of
from tests.agent.offline.sentences import mixed, of_each_pattern
from tests.agent.offline.test_understand import WORDS, context

_PLACES = ("nothing", "a show", "a selection")
_SECONDS = 120.0


def main(seconds: float, seed: int) -> int:
    """Read until the processor time is used up; 1 when a sentence broke the reading."""
    draw, broken, read = random.Random(seed), dict[str, str](), 0
    sentences = list(of_each_pattern(WORDS, draw))
    began = time.process_time()
    while time.process_time() - began < seconds:
        text = sentences[read] if read < len(sentences) else mixed(sentences, draw)
        earlier = tuple(draw.sample(sentences, draw.randint(0, 2)))
        pending = draw.choice(("", "", "create a gallery of 20 crabs", draw.choice(sentences)))
        around = context(
            draw.choice(_PLACES),
            recent_requests=earlier,
            pending_question=pending and "Which?",
            pending_request=pending,
        )
        try:
            workflow_of(understand(text, WORDS, around), around)
        except Exception as error:  # whatever it is, it is what is looked for
            where = traceback.format_tb(error.__traceback__)[-1].strip()
            broken.setdefault(f"{type(error).__name__} {where}", text)
        read += 1
    print(json.dumps({"read": read, "broken": broken, "seed": seed}, indent=1))
    return 1 if broken else 0


if __name__ == "__main__":
    numbers = [word for word in sys.argv[1:] if word.isdigit()]
    sys.exit(main(float(numbers[0]) if numbers else _SECONDS, int(numbers[1]) if len(numbers) > 1 else 1))
