"""Alert rules name figures that the service really has."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from platform_service.operations.figures import Figures
from platform_service.operations.readiness import Probe, Probes

RULES = Path(__file__).parents[3] / "packaging" / "cloud" / "alerts.yaml"
OF_PROMETHEUS = {"up"}


async def test_every_figure_in_the_rules_is_on_the_page():
    async def there():
        pass

    figures = Figures(Probes({"database": Probe(there)}), "1")
    figures.answered("GET", "/v1/search", 200, 0.01)
    page = (await figures.page()).decode()
    rules = yaml.safe_load(RULES.read_text("utf-8"))["groups"][0]["rules"]
    named = {name for rule in rules for name in re.findall(r"\b(?:vernissage|process)_\w+|\bup\b", rule["expr"])}
    assert len(rules) == len({rule["alert"] for rule in rules}) > 5
    missing = {name for name in named - OF_PROMETHEUS if not re.search(rf"^{name}[{{ ]", page, re.MULTILINE)}
    assert missing == set()


def test_every_rule_leads_to_a_chapter_of_the_runbook():
    headings = re.findall(r"^## (.+)$", (RULES.parent / "troubleshoot.md").read_text("utf-8"), re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    for rule in yaml.safe_load(RULES.read_text("utf-8"))["groups"][0]["rules"]:
        assert rule["annotations"]["runbook"].partition("#")[2] in anchors, rule["alert"]


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool comes with Prometheus")
def test_rules_fire_when_they_should_and_are_quiet_otherwise():
    tests = subprocess.run(["promtool", "test", "rules", "alerts.tests.yaml"], cwd=RULES.parent, capture_output=True)
    assert tests.returncode == 0, (tests.stdout + tests.stderr).decode()
