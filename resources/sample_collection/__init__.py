"""The sample collection: a deterministic generator of pictures that a new library starts with."""
