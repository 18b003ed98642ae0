"""Every command of the window as data: its words, its menu, its keys and when it can be used."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """One thing that a creator can do from a menu, a key or the palette. `enabled` and `checked` name contexts."""

    id: str
    title: str
    menu: str = ""
    group: str = "1"
    keys: tuple[str, ...] = ()
    enabled: str = ""
    checked: str = ""
    palette: bool = True

    @property
    def changes(self) -> bool:
        """Whether it changes what all of a team see, which a viewer may not."""
        return self.id.startswith(_CHANGING) and not self.id.startswith(_ONLY_LOOKING)

    @property
    def rule(self) -> str:
        """When it can be used, in the terms of the contexts."""
        if not self.changes:
            return self.enabled
        return f"({self.enabled}) and may_edit" if self.enabled else "may_edit"


_CHANGING = ("project.new", "library.", "edit.", "canvas.", "viewpoint.keep", "arrange.", "theme.", "proposal.")
_ONLY_LOOKING = ("proposal.reject", "proposal.change", "edit.copy", "library.look", "library.folder")

MENUS = (
    ("file", "&File"), ("edit", "&Edit"), ("view", "&View"), ("arrange", "&Arrange"), ("theme", "&Theme"),
    ("proposal", "&Proposal"), ("help", "&Help"),
)  # fmt: skip

COMMANDS: tuple[Command, ...] = (
    Command("project.new", "New Project…", "file", "1", ("Ctrl+N",)),
    Command("project.open", "Open Project…", "file", "1", ("Ctrl+O",)),
    Command("project.previous", "Previous Project", "file", "1", ("Ctrl+Alt+O",)),
    Command("window.new", "New Window", "file", "1", ("Ctrl+Shift+N",)),
    Command("library.import", "Import Folder…", "file", "2", ("Ctrl+I",)),
    Command("library.hang", "Hang Picked Works", "file", "2", ("Ctrl+H",), enabled="has_picked"),
    Command("library.look", "Closer Look at Picked Work", "file", "2", enabled="has_picked"),
    Command("library.folder", "Show in Folder", "file", "2",
            enabled="has_picked and not in_team or has_selection and not in_team"),
    Command("export.picture", "Export Picture…", "file", "3", ("Ctrl+Shift+E",), enabled="has_works"),
    Command("export.document", "Export Document…", "file", "3", ("Ctrl+E",)),
    Command("settings.open", "Settings…", "file", "4", ("Ctrl+,",)),
    Command("settings.preferences", "Preferences and Rules…", "file", "4"),
    Command("team.sign_in", "Sign In to Your Team…", "file", "4", enabled="in_team"),
    Command("team.sign_out", "Sign Out", "file", "4", enabled="signed_in"),
    Command("window.quit", "Quit", "file", "5", ("Ctrl+Q",)),
    Command("edit.undo", "Undo", "edit", "1", ("Ctrl+Z",), enabled="can_undo"),
    Command("edit.redo", "Redo", "edit", "1", ("Ctrl+Shift+Z", "Ctrl+Y"), enabled="can_redo"),
    Command("edit.cut", "Cut", "edit", "1b", ("Ctrl+X",), enabled="has_selection"),
    Command("edit.copy", "Copy", "edit", "1b", ("Ctrl+C",), enabled="has_selection or has_picked"),
    Command("edit.paste", "Paste", "edit", "1b", ("Ctrl+V",)),
    Command("select.all", "Select All", "edit", "2", ("Ctrl+A",), enabled="has_works"),
    Command("select.none", "Select Nothing", "edit", "2", ("Ctrl+Shift+A",), enabled="has_selection"),
    Command("select.invert", "Invert Selection", "edit", "2", ("Ctrl+Shift+I",), enabled="has_works"),
    Command("select.wall", "Select All on This Wall", "edit", "2", ("Ctrl+Shift+W",), enabled="has_works"),
    Command("select.box", "Select with a Box", "edit", "2", ("Ctrl+B",), enabled="has_works"),
    Command("select.lasso", "Select with a Lasso", "edit", "2", ("Ctrl+Shift+B",), enabled="has_works"),
    Command("edit.duplicate", "Duplicate", "edit", "3", ("Ctrl+Shift+D",), enabled="has_selection"),
    Command("edit.delete", "Delete", "edit", "3", ("Del",), enabled="has_selection"),
    Command("edit.pin", "Pin", "edit", "3", ("P",), enabled="has_selection"),
    Command("edit.unpin", "Unpin", "edit", "3", ("Shift+P",), enabled="has_selection"),
    Command("view.palette", "Command Palette…", "view", "1", ("Ctrl+K", "Ctrl+Shift+P"), palette=False),
    Command("focus.chat", "Go to Conversation", "focus", "1", ("Ctrl+L",)),
    Command("filter.open", "Filter the Works on Show", "edit", "2", ("Ctrl+F",), enabled="has_works"),
    Command("canvas.save", "Save as Canvas…", "edit", "2", ("Ctrl+Shift+S",), enabled="has_selection"),
    Command("focus.library", "Search the Library", "focus", "1", ("Ctrl+Shift+F",)),
    Command("focus.outline", "Go to Outline", "focus", "1", ("Ctrl+Shift+O",)),
    Command("focus.viewport", "Go to Viewport", "focus", "1", ("Ctrl+Shift+V",)),
    Command("view.library", "Library", "panels", "1", ("F2",), checked="library_shown"),
    Command("view.outline", "Outline", "panels", "1", ("F3",), checked="outline_shown"),
    Command("view.history", "History", "panels", "1", ("F4",), checked="history_shown"),
    Command("view.conversation", "Conversation", "panels", "1", ("F5",), checked="conversation_shown"),
    Command("view.inspector", "Inspector", "panels", "1", ("F7",), checked="inspector_shown"),
    Command("view.runs", "Runs", "panels", "1", ("F10",), checked="runs_shown"),
    Command("view.reset", "Reset Panels", "panels", "2"),
    Command("view.side", "Before / After", "view", "4", ("B",), enabled="has_proposal"),
    Command("view.plan", "Plan", "panels", "1", ("F6",), checked="plan_shown"),
    Command("place.back", "Back to the Last Place", "view", "5", ("Alt+Left",), enabled="can_go_back"),
    Command("place.forward", "Forward", "view", "5", ("Alt+Right",), enabled="can_go_forward"),
    Command("view.frame", "Frame Selection", "view", "5", ("F",), enabled="has_selection"),
    Command("view.frame_all", "Frame All", "view", "5", ("Shift+F",), enabled="has_works"),
    Command("view.entrance", "Go to Entrance", "view", "5", ("Home",), enabled="has_works"),
    Command("viewpoint.keep", "Save Viewpoint…", "view", "6", ("Ctrl+D",)),
    Command("tour.start", "Start a Tour", "tour", "1", ("F8",), enabled="has_works", checked="touring"),
    Command("tour.pause", "Pause or Go on", "tour", "1", ("Shift+F8",), enabled="touring"),
    Command("tour.next", "Next Stop", "tour", "1", ("F9",), enabled="touring"),
    Command("tour.previous", "Previous Stop", "tour", "1", ("Shift+F9",), enabled="touring"),
    Command("tour.end", "End the Tour", "tour", "1", enabled="touring"),
    Command("view.turntable", "Turntable", "tour", "2", ("Ctrl+T",), enabled="has_works", checked="turning"),
    Command("move.walk", "Walk", "view", "8", ("Alt+1",), checked="walking"),
    Command("move.orbit", "Orbit", "view", "8", ("Alt+2",), checked="orbiting"),
    Command("move.fly", "Fly", "view", "8", ("Alt+3",), checked="flying"),
    Command("view.reduced_motion", "Reduced Motion", "view", "8", checked="reduced_motion"),
    Command("quality.draft", "Draft Quality", "quality", checked="quality_draft"),
    Command("quality.standard", "Standard Quality", "quality", checked="quality_standard"),
    Command("quality.high", "High Quality", "quality", checked="quality_high"),
    Command("quality.automatic", "Automatic Quality", "quality", "2", checked="quality_automatic"),
    Command("appearance.system", "As the System", "appearance", checked="appearance_system"),
    Command("appearance.light", "Light", "appearance", checked="appearance_light"),
    Command("appearance.dark", "Dark", "appearance", checked="appearance_dark"),
    Command("interface.90", "90 %", "interface", checked="interface_90", palette=False),
    Command("interface.100", "100 %", "interface", checked="interface_100", palette=False),
    Command("interface.110", "110 %", "interface", checked="interface_110", palette=False),
    Command("interface.125", "125 %", "interface", checked="interface_125", palette=False),
    Command("interface.150", "150 %", "interface", checked="interface_150", palette=False),
    Command("interface.175", "175 %", "interface", checked="interface_175", palette=False),
    Command("interface.200", "200 %", "interface", checked="interface_200", palette=False),
    Command("view.full_screen", "Full Screen", "view", "9", ("F11",), checked="full_screen"),
    Command("arrange.gallery", "As Gallery", "arrange", "1", ("Ctrl+1",)),
    Command("arrange.timeline", "As Timeline", "arrange", "1", ("Ctrl+2",)),
    Command("arrange.cluster", "As Clusters", "arrange", "1", ("Ctrl+3",)),
    Command("arrange.grid", "As Grid", "arrange", "1", ("Ctrl+4",)),
    Command("arrange.align_left", "Align Left", "arrange", "2", ("Alt+Shift+Left",), enabled="has_selection"),
    Command("arrange.align_centre", "Align Centres", "arrange", "2", ("Alt+Shift+C",), enabled="has_selection"),
    Command("arrange.align_right", "Align Right", "arrange", "2", ("Alt+Shift+Right",), enabled="has_selection"),
    Command("arrange.align_top", "Align Top", "arrange", "2", ("Alt+Shift+Up",), enabled="has_selection"),
    Command("arrange.align_middle", "On One Centre Line", "arrange", "2", ("Alt+Shift+M",), enabled="has_selection"),
    Command("arrange.align_bottom", "Align Bottom", "arrange", "2", ("Alt+Shift+Down",), enabled="has_selection"),
    Command("arrange.evenly", "Distribute Evenly", "arrange", "3", ("Alt+Shift+D",), enabled="has_selection"),
    Command("arrange.straighten", "Hang Level", "arrange", "3", ("Alt+Shift+L",), enabled="has_selection"),
    Command("recipe.save", "Save as Recipe…", "recipes", "2", enabled="has_works"),
    Command("recipe.list", "Recipes…", "recipes", "2"),
    Command("proposal.approve", "Approve All", "proposal", "1", ("Ctrl+Return",), enabled="has_proposal"),
    Command("proposal.approve_selected", "Approve Selected", "proposal", "1", ("Ctrl+Shift+Return",),
            enabled="has_proposal and has_proposed_selection"),
    Command("proposal.reject", "Reject", "proposal", "2", ("Ctrl+Backspace",), enabled="has_proposal"),
    Command("proposal.keep_both", "Keep Mine and Theirs", "proposal", "2", enabled="has_clash"),
    Command("proposal.change", "Say What to Change", "proposal", "2", ("Ctrl+J",), enabled="has_proposal"),
    Command("turn.plan_first", "Plan First", "proposal", "3", ("Ctrl+Shift+J",), checked="plan_first"),
    Command("turn.background", "Ask in the Background", "proposal", "3", ("Ctrl+Alt+Return",)),
    Command("turn.on_platform", "Run on the Platform", "proposal", "3", enabled="in_team", checked="on_platform"),
    Command("turn.stop", "Stop the Running Turn or Tour", "proposal", "3", ("Esc",), enabled="running or touring"),
    Command("help.shortcuts", "Keyboard Shortcuts", "help", "1", ("F1",)),
    Command("help.about", "About Vernissage", "help", "2"),
)  # fmt: skip


def theme_context(theme_id: str) -> str:
    """The context that says whether this theme dresses the scene."""
    return f"theme_is_{''.join(letter if letter.isalnum() else '_' for letter in theme_id)}"


CONTEXTS: dict[str, bool] = {
    "has_works": False, "has_selection": False, "has_picked": False, "has_proposal": False, "running": False,
    "can_undo": False, "can_redo": False, "library_shown": True, "outline_shown": True, "history_shown": True,
    "conversation_shown": True, "inspector_shown": True, "full_screen": False, "has_proposed_selection": False,
    "has_clash": False, "may_edit": True, "in_team": False, "signed_in": False,
    "can_go_back": False, "can_go_forward": False,
    "plan_shown": True, "touring": False, "turning": False, "walking": True, "orbiting": False, "flying": False,
    "reduced_motion": False, "plan_first": False, "on_platform": False, "runs_shown": False,
    "appearance_system": True, "appearance_light": False, "appearance_dark": False,
    "interface_90": False, "interface_100": True, "interface_110": False, "interface_125": False,
    "interface_150": False, "interface_175": False, "interface_200": False,
    "quality_draft": False, "quality_standard": False, "quality_high": False, "quality_automatic": True,
}  # fmt: skip
