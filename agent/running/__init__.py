"""How a workflow is held, checked, changed and run: steps as a graph, their results, and what survives a crash."""
