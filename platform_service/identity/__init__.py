"""Who calls: callers and roles, and the ways they prove it."""
