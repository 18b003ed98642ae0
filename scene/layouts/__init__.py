"""Solvers that turn works and wishes into positions, and say which wishes they could not meet."""
