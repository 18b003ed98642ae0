"""What programs of a desktop import, once, on top of what services do: the end of what is imported before any fork."""

import gc
from importlib import import_module

IMPORTED = (
    "tests.platform_service.imported",
    "agent.turn",
    "app.commands.command_line",
    "app.logs",
    "tests.end_to_end.approver",
    "tests.load.window_beside",
    "tests.load.kill_life",
)

for module in IMPORTED:
    import_module(module)
gc.freeze()  # it stays to the end: no fork has to look through it, or to copy it for looking
gc.enable()
