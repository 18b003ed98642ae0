"""What ships the platform: the cloud template holds to its schema and names what it should; the container's start."""

import os
import subprocess
from pathlib import Path

from cfnlint.api import lint_file

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
    start = ROOT / "packaging" / "containers" / "start.sh"
    told = subprocess.run([str(start), "--port", "8080"], env=given, capture_output=True, text=True, check=True).stdout
    assert "VERNISSAGE_DATABASE_URL=postgresql://vernissage_service:word@db:5432/vernissage?sslmode=require" in told
    assert "VERNISSAGE_REDIS_URL=rediss://:pass@cache:6379" in told
    assert "VERNISSAGE_SECRET=" not in told
    assert "PASSWORD=" not in told
    team = tmp_path / "settings" / "team.toml"
    assert 'bucket = "b"' in team.read_text()
    assert team.stat().st_mode & 0o077 == 0
