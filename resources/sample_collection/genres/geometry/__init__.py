"""Ways to fill a sheet with plain shapes."""
