"""Things of a still life."""
