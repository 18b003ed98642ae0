"""No probe of one tenant finds, changes or breaks anything of another; the campaign itself would notice."""

from tests.platform_service.probes import prepared, probed

PROBES = 120


def test_no_probe_of_another_tenant_finds_anything_and_one_that_is_let_in_would(team):
    target, keys = prepared(team, ("probed", "probing"))
    assert probed(team, keys["probing"], target, PROBES, seed=3) == []
    assert probed(team, keys["probed"], target, 60, seed=3) != []
