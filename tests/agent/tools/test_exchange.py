""" "Only flowers" leaves the works that carry the word, where there are enough of them."""

from agent.tools.exchange import plainly
from tests.agent.memory_library import made_up_assets

ASSETS = {asset.id: asset for asset in made_up_assets()}
CRABS = {asset.id for asset in ASSETS.values() if "crab" in asset.tags}


def test_works_that_carry_the_word_stand_alone() -> None:
    others = [name for name in ASSETS if name not in CRABS][:5]
    fitting = {name: ASSETS[name] for name in [*sorted(CRABS)[:6], *others]}
    assert plainly(fitting, "crabs") == set(sorted(CRABS)[:6])
    assert plainly(fitting, "crabs and unicorns") == set(sorted(CRABS)[:6])


def test_too_few_of_them_leave_what_is_near() -> None:
    fitting = {name: ASSETS[name] for name in [*sorted(CRABS)[:2], *[name for name in ASSETS if name not in CRABS][:5]]}
    assert plainly(fitting, "crabs") == set(fitting)
    assert plainly(fitting, "") == set(fitting)
