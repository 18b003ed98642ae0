"""What an embedded platform imports on its way to its first answer: nothing that only a team needs."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from platform_service.compose import application, compose
from platform_service.settings import Settings
from platform_service.sql.migrate import bring_up_to_date
import platform_service.program
folder = Path(sys.argv[1])
bring_up_to_date(folder / "vernissage.sqlite3")
platform = compose(Settings(folder, "a-token-of-this-launch"))
application(platform)
platform.pool.close()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
TEAMS_OWN = {"dbos", "langgraph", "psycopg", "redis", "jwt", "limits", "boto3", "botocore", "cryptography", "lancedb"}


def test_an_embedded_platform_imports_nothing_that_only_a_team_needs(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = set(done.stdout.split())
    assert "sqlalchemy" in imported
    assert imported & TEAMS_OWN == set()
