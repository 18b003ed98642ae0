"""Leaves, flowers and whole plants, and the sheets they are laid on."""
