"""Ink on paper: mountains, trees, bamboo, water and seals."""
