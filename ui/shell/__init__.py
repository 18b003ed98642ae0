"""The frame around the panels: docks, tool bar, status bar, single instance and crash reports."""
