"""One module a genre; each has `paint(size_px, look, rng) -> Image`."""
