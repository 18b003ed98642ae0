"""The platform behind HTTP: library, search, projects, canvases, scenes, runs and feedback."""
