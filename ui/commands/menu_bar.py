"""The menu bar, built from the registry; menus whose entries change are rebuilt when they open."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QMenuBar

from ui.commands.catalogue import MENUS
from ui.commands.registry import Commands


class CommandMenuBar(QMenuBar):
    """One menu for each entry of the catalogue's `MENUS`; `submenu` adds one inside another."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._lists: dict[str, list[tuple[str, str, Callable[[QMenu], object]]]] = {}
        self._submenus: dict[str, list[tuple[str, str]]] = {}
        self.menus: dict[str, QMenu] = {}
        for menu_id, title in MENUS:
            menu = self.addMenu(title)
            menu.setObjectName(menu_id)
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(lambda menu_id=menu_id: self.rebuild(menu_id))
            self.menus[menu_id] = menu

    def add_submenu(self, menu_id: str, submenu_id: str, title: str) -> None:
        """Show the commands of `submenu_id` in a submenu at the end of a menu, when it has any."""
        self._submenus.setdefault(menu_id, []).append((submenu_id, title))

    def add_list(self, menu_id: str, after: str, title: str, fill: Callable[[QMenu], object]) -> None:
        """A submenu behind the command `after` of a menu, filled anew whenever the menu is about to be shown."""
        self._lists.setdefault(menu_id, []).append((after, title, fill))

    def rebuild(self, menu_id: str = "") -> None:
        """Fill a menu, or all of them, from the registry."""
        for name in [menu_id] if menu_id else list(self.menus):
            menu = self.menus[name]
            menu.clear()
            self._fill(menu, name)
            self._fill_lists(menu, name)
            submenus = [found for found in self._submenus.get(name, []) if self._commands.groups(found[0])]
            if submenus:
                menu.addSeparator()
            for submenu_id, title in submenus:
                self._fill(menu.addMenu(title), submenu_id)

    def _fill_lists(self, menu: QMenu, menu_id: str) -> None:
        for after, title, fill in self._lists.get(menu_id, []):
            actions = menu.actions()
            found = [place for place, action in enumerate(actions) if action.objectName() == after]
            made = QMenu(title, menu)
            fill(made)
            behind = found[0] + 1 if found else len(actions)
            if behind < len(actions):
                menu.insertMenu(actions[behind], made)
            else:
                menu.addMenu(made)

    def _fill(self, menu: QMenu, menu_id: str) -> None:
        for place, group in enumerate(self._commands.groups(menu_id)):
            if place:
                menu.addSeparator()
            for command_id in group:
                menu.addAction(self._commands.actions[command_id])
