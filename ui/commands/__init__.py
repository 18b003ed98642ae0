"""Commands, menus, shortcuts and the command palette."""
