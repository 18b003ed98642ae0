"""The run inspector: what was run, each run as a timeline of steps, and recipes made of runs."""
