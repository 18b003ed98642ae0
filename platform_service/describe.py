"""The service's OpenAPI description as a committed file: `python -m platform_service.describe` writes it anew."""

import json
import tempfile
from pathlib import Path

from platform_service.compose import compose
from platform_service.http.app import create_app
from platform_service.settings import Settings

FILE = Path(__file__).parent / "openapi.json"


def described() -> str:
    """The description as the file should hold it."""
    with tempfile.TemporaryDirectory() as folder:
        platform = compose(Settings(Path(folder), token=""))
        description = create_app(platform).openapi()
        platform.pool.close()
    return json.dumps(description, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(described(), "utf-8")
