"""Filter the works on show: what does not match dims; the filter can become a selection, and that a canvas."""
