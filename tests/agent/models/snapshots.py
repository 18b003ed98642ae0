"""What a model sees, as committed artefacts: `python -m tests.agent.models.snapshots` writes them anew for review."""

import json
from pathlib import Path

import resources
from agent.models.briefing import system_text
from agent.models.heard import intent_schema
from agent.vocabulary import vocabulary
from scene.themes import themes_in

HERE = Path(__file__).parent / "snapshots"


def seen() -> dict[str, str]:
    """File name to text."""
    words = vocabulary().with_themes(themes_in(resources.folder("themes")).values())
    schema = json.dumps(intent_schema(), indent=1, ensure_ascii=False, sort_keys=True)
    return {"plan_system.txt": system_text(words) + "\n", "plan_schema.json": schema + "\n"}


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name, text in seen().items():
        (HERE / name).write_text(text, encoding="utf-8")
