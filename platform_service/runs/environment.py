"""Environment that must be set before the agent's graph is imported."""

import os

BEFORE_IMPORTS = {"LANGGRAPH_STRICT_MSGPACK": "true", "LANGSMITH_TRACING": "false", "LANGCHAIN_TRACING_V2": "false"}


def prepare_environment() -> None:
    """No code from checkpoints, no traces to anyone."""
    os.environ.update(BEFORE_IMPORTS)
