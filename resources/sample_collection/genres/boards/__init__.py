"""Copper, chips and dies."""
