"""The outline and the history: the scene's twin in words."""
