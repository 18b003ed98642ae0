"""Settings of language models that do not hold are told where they are missed, and no longer than that."""

from pytestqt.qtbot import QtBot

from agent.models.settings import ModelSettings
from ui.wiring.studio import Studio


def test_damaged_settings_are_told_until_they_hold_again(studio: Studio, qtbot: QtBot) -> None:
    session, toasts = studio.session, studio.window.stage.toasts
    assert session is not None
    session.models.change(ModelSettings())
    kept = session.models._path
    kept.write_text('{"providers": [', encoding="utf-8")
    session.models.settings()
    studio.settings.show_health()
    studio.settings.show_health()
    told = [toast.notice for toast in toasts.shown if "language models" in toast.notice.what]
    assert len(told) == 1
    assert "read by rules" in told[0].kept
    assert "File > Settings" in told[0].advice
    assert kept.read_text(encoding="utf-8") == '{"providers": ['
    session.models.change(ModelSettings())
    session.models.settings()
    studio.settings.show_health()
    assert not [toast for toast in toasts.shown if "language models" in toast.notice.what]


def test_what_was_learnt_is_a_command_away(studio: Studio) -> None:
    assert studio.session is not None
    studio.window.commands.run("settings.preferences")
    dialog = studio.settings.dialog
    assert dialog is not None
    assert dialog.list.currentItem().text() == "Preferences"
    dialog.close()
