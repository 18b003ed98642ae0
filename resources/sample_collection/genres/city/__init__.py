"""Towers, signs and wet ground that the city pictures are built from."""
