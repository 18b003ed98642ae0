"""What the platform remembers of people's work: sessions, working context, preferences, long-term memory."""
