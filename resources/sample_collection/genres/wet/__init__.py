"""Drops on glass and rings on water."""
