"""What services and workers of tests import, once: the process from which `warm` forks them has it all."""

import gc
import os
from importlib import import_module

from platform_service.runs.environment import prepare_environment

gc.disable()  # until all is imported: nothing of it goes
prepare_environment()
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the program does, before numpy comes
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = os.environ["LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS"] = "True"

AT_ONCE = (
    "platform_service.program",
    "platform_service.compose_team",
    "platform_service.operations.logs",
    "platform_service.operations.wiring",
    "platform_service.commands",
    "platform_service.runs.worker",
    "uvicorn.protocols.http.h11_impl",
)
LATER = (
    "agent.graph",
    "agent.models.gateway",
    "alembic.command",
    "alembic.config",
    "lancedb.index",
    "lancedb.query",
    "onnxruntime",
    "platform_service.runs.agents",
    "pyarrow",
    "tokenizers",
    "uvicorn.protocols.websockets.websockets_sansio_impl",
)
"""What the programs themselves import only with the first need of it."""

for module in (*AT_ONCE, *LATER):
    import_module(module)
