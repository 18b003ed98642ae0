"""Windows, panels, commands and start-up: the only folder, beside one viewport module, that knows Qt."""
