"""The commands in an app-model application, each with its Qt action; menus, keys and the palette read from here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import count

from app_model import Application
from app_model.types import Action, KeyBindingRule, MenuItem, MenuRule
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ui.commands.catalogue import CONTEXTS, Command
from ui.style.parts import literal

_serial = count(1)


class Commands(QObject):
    """Registers commands with their callbacks and keeps their Qt actions in step with the contexts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = Application(f"vernissage-{next(_serial)}", raise_synchronous_exceptions=True)
        self.model.context.update(CONTEXTS)
        self.known: dict[str, Command] = {}
        self.actions: dict[str, QAction] = {}
        self._registered: dict[str, tuple[Action[..., object], Callable[[], None]]] = {}
        self._order = count()
        self._look_only = ""

    def add(self, command: Command, callback: Callable[[], object]) -> QAction:
        """Register a command; replaces one of the same id."""
        self.remove(command.id)
        registered = self._as_action(command, callback)
        self._registered[command.id] = (registered, self.model.register_action(registered))
        action = QAction(literal(command.title), self)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(bool(command.checked))
        action.triggered.connect(lambda _=False: self.run(command.id))
        self.known[command.id], self.actions[command.id] = command, action
        self._refresh(command)
        return action

    def add_all(self, commands: Iterable[Command], callbacks: Mapping[str, Callable[[], object]]) -> None:
        """Register several; raises KeyError for one without a callback."""
        for command in commands:
            self.add(command, callbacks[command.id])

    def remove(self, command_id: str) -> None:
        """Forget a command, if it is known."""
        if self.known.pop(command_id, None) is None:
            return
        self.actions.pop(command_id).deleteLater()
        self._registered.pop(command_id)[1]()

    def rename(self, command_id: str, title: str) -> None:
        """Other words for a command, in its menus and in the palette."""
        self.known[command_id] = replace(self.known[command_id], title=title)
        self.actions[command_id].setText(literal(title))

    def run(self, command_id: str) -> None:
        """Do it, when it can be done now."""
        if self.can_run(command_id):
            self.model.commands.execute_command(command_id).result()

    def can_run(self, command_id: str) -> bool:
        """Whether the contexts allow it."""
        rule = self._registered[command_id][0].enablement
        return rule is None or bool(rule.eval(self.model.context))

    def set_contexts(self, **contexts: bool) -> None:
        """Tell what is so now; actions follow."""
        changed = {name: on for name, on in contexts.items() if self.model.context.get(name) is not on}
        if not changed:
            return
        self.model.context.update(changed)
        for command in self.known.values():
            self._refresh(command)

    def set_look_only(self, reason: str) -> None:
        """Why nothing may be changed, as the tooltip of what is greyed; empty where it may."""
        self._look_only = reason
        self.set_contexts(may_edit=not reason)
        for command in self.known.values():
            self._refresh(command)

    def groups(self, menu: str) -> list[list[str]]:
        """The command ids of a menu, group by group."""
        if menu not in self.model.menus:
            return []
        return [
            [i.command.id for i in group if isinstance(i, MenuItem)]
            for group in self.model.menus.iter_menu_groups(menu)
        ]

    def dispose(self) -> None:
        """Give the application's name back."""
        Application.destroy(self.model.name)

    def _as_action(self, command: Command, callback: Callable[[], object]) -> Action[..., object]:
        menus = [MenuRule(id=command.menu, group=command.group, order=next(self._order))] if command.menu else []
        keys = [KeyBindingRule(primary=_neutral(key)) for key in command.keys]
        return Action(
            id=command.id, title=command.title, callback=_plain(callback), menus=menus, keybindings=keys,
            enablement=command.rule or None, toggled=command.checked or None, palette=command.palette,
        )  # fmt: skip

    def _refresh(self, command: Command) -> None:
        action = self.actions[command.id]
        action.setEnabled(self.can_run(command.id))
        if command.changes:
            action.setToolTip(self._look_only or literal(command.title))
        if command.checked:
            action.setChecked(bool(self.model.context[command.checked]))


def _plain(callback: Callable[[], object]) -> Callable[[], object]:
    """The callback as a function of Python's own: app-model reads its signature, which methods of Qt do not tell."""
    return lambda: callback()


def _neutral(key: str) -> str:
    """Qt's name of a key as app-model spells it."""
    return key.replace("Del", "Delete").replace("Return", "Enter").replace("Esc", "Escape")
