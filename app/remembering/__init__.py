"""What outlives a conversation: verdicts, preferences, recipes, and what was said."""
