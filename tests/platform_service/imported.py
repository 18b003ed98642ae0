"""What services and workers of tests import, once: the process from which `warm` forks them has it all."""

import os

from platform_service.runs.environment import prepare_environment

prepare_environment()
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = os.environ["LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS"] = "True"

import lancedb  # noqa: E402, F401

import agent.graph  # noqa: E402
import agent.models.gateway  # noqa: E402, F401
