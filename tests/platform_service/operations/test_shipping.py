"""What ships the platform: the cloud template holds to its schema and names what it should; the container's start."""

import os
import re
import subprocess
import sys
from pathlib import Path

from cfnlint.api import lint_file

from platform_service.program import COMMANDS, OPERATIONS
from platform_service.runs.team_models import keys_of
from platform_service.team_settings import read_team_settings

ROOT = Path(__file__).parents[3]
TEMPLATE = ROOT / "packaging" / "cloud" / "template.yaml"
DEFAULTS = {"VpcId": "vpc-45bdcd38", "ClusterName": "hh-bot-lancedb-cluster", "AccountId": "781939061434"}


def test_the_template_passes_the_linter_and_has_the_given_defaults():
    assert [str(found) for found in lint_file(TEMPLATE)] == []
    text = TEMPLATE.read_text("utf-8")
    for name, default in DEFAULTS.items():
        assert default in text.partition(f"\n  {name}:\n")[2][:120], name


def test_the_container_writes_its_settings_for_itself_alone_and_leaves_no_secret_in_the_environment(tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python").write_text(
        '#!/bin/sh\nif [ "$1" = -c ]; then eval "printf %s \\"\\$$3\\""; else env; echo "$@"; fi\n'
    )
    (programs / "python").chmod(0o755)
    given = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(tmp_path), "VERNISSAGE_SECRET": "s" * 64}
    given |= {"VERNISSAGE_DATABASE_HOST": "db", "VERNISSAGE_DATABASE_PASSWORD": "word", "VERNISSAGE_BUCKET": "b"}
    given |= {"VERNISSAGE_REDIS_HOST": "cache", "VERNISSAGE_REDIS_PASSWORD": "pass"}
    keys = tmp_path / "settings" / "model-keys"
    more = f'[models]\nkeys_file = "{keys}"\n[[models.providers]]\nid = "openai"\nkind = "openai"\n'
    given |= {"VERNISSAGE_MORE_SETTINGS": more, "VERNISSAGE_MODEL_KEYS": 'openai = "sk-word"'}
    start = ROOT / "packaging" / "containers" / "start.sh"
    told = subprocess.run([str(start), "--port", "8080"], env=given, capture_output=True, text=True, check=True).stdout
    assert "VERNISSAGE_DATABASE_URL=postgresql://vernissage_service:word@db:5432/vernissage?sslmode=require" in told
    assert "VERNISSAGE_REDIS_URL=rediss://:pass@cache:6379" in told
    assert "VERNISSAGE_SECRET=" not in told
    assert "sk-word" not in told
    assert "PASSWORD=" not in told
    team = tmp_path / "settings" / "team.toml"
    assert 'bucket = "b"' in team.read_text()
    settings = read_team_settings(team)
    assert settings.objects is not None
    assert settings.models is not None
    assert keys_of(settings.models, {}) == {"openai": "sk-word"}
    assert not {one.stat().st_mode & 0o077 for one in (team, keys)} - {0}


def test_what_the_container_copies_is_there_and_is_enough_to_start_every_program(tmp_path):
    """Without an engine: the same folders, in a place of their own, with nothing else of ours to import."""
    recipe = (ROOT / "packaging" / "containers" / "service.Containerfile").read_text("utf-8")
    lines = [line.split()[1:] for line in recipe.splitlines() if line.startswith("COPY ") and "--from" not in line]
    sources = [source for line in lines for source in line[:-1]]
    ignored = [entry for entry in (ROOT / ".containerignore").read_text("utf-8").split() if "*" not in entry]
    assert len(sources) > 5
    for source in sources:
        assert (ROOT / source).exists(), source
        assert source.partition("/")[0] not in ignored, source
    assert os.access(ROOT / "packaging" / "containers" / "start.sh", os.X_OK)
    for source in sources:
        if (ROOT / source).is_dir():
            (tmp_path / source).symlink_to(ROOT / source)
    everything = (
        "import pkgutil, importlib, sys, platform_service\n"
        "for found in pkgutil.walk_packages(platform_service.__path__, 'platform_service.'):\n"
        "    if not found.name.endswith(('__main__', 'env')) and '.versions.' not in found.name:\n"
        "        importlib.import_module(found.name)\n"
        "assert not {'app', 'ui', 'viewport', 'tests'} & set(sys.modules), sorted(sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-c", everything], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]


def test_the_runbooks_name_commands_that_there_are():
    """Every `python -m platform_service ...` of docs and runbooks is understood by the program."""
    texts = [ROOT / "docs" / "operations.md", ROOT / "docs" / "platform.md", *(TEMPLATE.parent).glob("*.md")]
    named = {
        match[1]
        for text in texts
        for match in re.finditer(r"python -m platform_service\s+([a-z]+)", text.read_text("utf-8"))
    }
    assert {"backup", "drill", "restore", "migrate", "tenant", "audit", "worker"} <= named
    assert named <= {*OPERATIONS, *COMMANDS}
