"""The program without a window: one module for each command, and how a turn is driven and printed there."""
