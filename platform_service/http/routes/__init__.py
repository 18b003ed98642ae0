"""One file of routes for each theme."""
