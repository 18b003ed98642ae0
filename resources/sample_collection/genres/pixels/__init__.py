"""A low-resolution canvas and the scenes painted on it."""
