"""Checks of a turn's result before it is proposed: what fails is repaired where that is sure, else named."""
