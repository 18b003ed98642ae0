"""Themes and facets as the pickers and chips need them."""

from collections.abc import Mapping

from agent.ports.library import Facet, Facets
from scene.themes import Theme
from ui.chat.editors import Option, Vocabulary
from ui.shell.theme_picker import ThemeEntry


def vocabulary_of(themes: Mapping[str, Theme], facets: Facets) -> Vocabulary:
    """What the menus of the chips offer."""

    def values(found: tuple[Facet, ...]) -> tuple[str, ...]:
        return tuple(facet.value for facet in found)

    return Vocabulary(
        themes=tuple(Option(theme.name, theme_id) for theme_id, theme in themes.items()),
        colours=values(facets.colours),
        tags=values(facets.tags),
        folders=values(facets.folders),
        creators=values(facets.creators),
    )


def theme_entries(themes: Mapping[str, Theme]) -> tuple[ThemeEntry, ...]:
    """The themes as the picker shows them."""
    return tuple(ThemeEntry(theme.id, theme.name, theme.description, theme.palette) for theme in themes.values())
