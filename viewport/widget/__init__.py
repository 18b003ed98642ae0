"""The viewport as a Qt widget: the only part of this folder that knows Qt."""

from viewport.widget.embodiment import Body
from viewport.widget.widget import ViewportWidget

__all__ = ["Body", "ViewportWidget"]
