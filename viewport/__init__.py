"""Scene to pixels: the only folder that knows VTK."""
