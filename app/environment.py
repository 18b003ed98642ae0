"""Environment that must be set before any third-party import, and for the platform's child process too."""

import os

BEFORE_IMPORTS = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_MODE": "PRODUCTION",
    "LANGGRAPH_STRICT_MSGPACK": "true",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "HF_HUB_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
}


def prepare_environment() -> None:
    """Set what the libraries read at import: no telemetry, no downloads, no code from checkpoints."""
    os.environ.update(BEFORE_IMPORTS)
