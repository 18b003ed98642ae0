"""Rooms, ground and sky with their light, from a scene and its theme."""
