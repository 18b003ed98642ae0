"""The viewport as a Qt widget: the only part of this folder that knows Qt."""

from viewport.widget.widget import Body, ViewportWidget

__all__ = ["Body", "ViewportWidget"]
