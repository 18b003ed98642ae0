"""The tower holds at run time too: lower floors import where the libraries of higher ones are not installed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_IMPORT_WITHOUT = """
import importlib, pathlib, sys

class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in REFUSED:
            raise ImportError(f"{name} is refused here")

REFUSED = set(sys.argv[2].split(","))
sys.meta_path.insert(0, Refusing())
package = importlib.import_module(sys.argv[1])
folder = pathlib.Path(package.__file__).parent
for path in sorted(folder.rglob("*.py")):
    parts = path.relative_to(folder).with_suffix("").parts
    if not {"__main__", *sys.argv[3:]} & set(parts):
        importlib.import_module(".".join([sys.argv[1], *(part for part in parts if part != "__init__")]))
"""

QT = "PySide6,superqt,qtawesome,app_model,qtpy"
DATABASES = "sqlalchemy,lancedb,redis,aiosqlite,alembic"


def imports_without(package: str, refused: str, *left_out: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error::ImportWarning", "-c", _IMPORT_WITHOUT, package, refused, *left_out]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)


@pytest.mark.parametrize(
    ("package", "refused", "left_out"),
    [
        ("scene", f"{QT},vtkmodules,langgraph,httpx,PIL,{DATABASES}", ()),
        ("agent", f"{QT},vtkmodules,PIL,litellm,{DATABASES}", ("gateway", "checkpoints", "checkpoints_postgres")),
        ("viewport", f"{QT},langgraph,httpx,{DATABASES}", ("widget",)),
        ("app", f"{QT},vtkmodules,langgraph,litellm,{DATABASES}", ()),
        ("platform_service.http", f"{QT},vtkmodules,langgraph,litellm,httpx", ()),
        ("resources", f"{QT},vtkmodules,langgraph,pydantic,{DATABASES}", ()),
    ],
)
def test_a_floor_imports_without_the_libraries_of_others(package: str, refused: str, left_out: tuple[str, ...]) -> None:
    outcome = imports_without(package, refused, *left_out)
    assert outcome.returncode == 0, outcome.stderr[-2000:]


def test_the_check_notices_an_import_that_climbs() -> None:
    outcome = imports_without("scene", "numpy")
    assert outcome.returncode != 0
    assert "numpy is refused here" in outcome.stderr


def test_packaging_does_not_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_requirements_are_pinned_by_hash_and_name_no_index() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        lines = path.read_text().splitlines()
        assert not [line for line in lines if "://" in line or line.startswith(("-i", "--index", "--extra-index"))]
        pinned = [line for line in lines if "==" in line]
        assert pinned
        assert all(line.rstrip().endswith("\\") for line in pinned), "every pin is followed by its hashes"
