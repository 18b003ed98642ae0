"""Cards as a gesture would have them: a few rows of the shown cards replaced, new ones at the end."""

from collections.abc import Sequence

import numpy as np

from scene.records import Placement
from viewport.works.cards import Cards, cards_of


def with_works(cards: Cards, works: Sequence[Placement]) -> Cards:
    """The cards with these works instead of those of the same ids; the arrays of the given cards stay as they are."""
    new = cards_of(works)
    there = [(cards.row[card_id], row) for card_id, row in new.row.items() if card_id in cards.row]
    fresh = np.array([row for card_id, row in new.row.items() if card_id not in cards.row], np.int64)
    old, of_new = np.array(there, np.int64).reshape(-1, 2).T
    names = ("centre", "right", "up", "normal", "size", "on_wall")
    columns = {}
    for name in names:
        column = getattr(cards, name).copy()
        column[old] = getattr(new, name)[of_new]
        columns[name] = np.concatenate([column, getattr(new, name)[fresh]])
    ids = (*cards.ids, *(new.ids[row] for row in fresh)) if len(fresh) else cards.ids
    return Cards(
        ids=ids,
        asset_ids=(*cards.asset_ids, *(new.asset_ids[row] for row in fresh)) if len(fresh) else cards.asset_ids,
        titles=(*cards.titles, *(new.titles[row] for row in fresh)) if len(fresh) else cards.titles,
        row={card_id: row for row, card_id in enumerate(ids)} if len(fresh) else cards.row,
        **columns,
    )
