"""Writes a picture of the staged scene to a file."""

from pathlib import Path

from PIL import Image

from app.session import Session


def write_picture(session: Session, path: Path, size_px: tuple[int, int] = (1600, 900)) -> None:
    """Render the scene as the creator sees it, ghost included, and replace `path`; raises OSError."""
    from viewport.offscreen import render_picture  # VTK takes half a second to import and is needed for pictures alone

    pixels = render_picture(session.staged, session.themes, session.renditions, size_px)
    path = path.expanduser().absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.new")
    Image.fromarray(pixels).save(staged, format="JPEG" if path.suffix.lower() in (".jpg", ".jpeg") else "PNG")
    staged.replace(path)
