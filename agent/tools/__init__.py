"""The typed things the agent can do, one theme a file; every argument is validated before a tool runs."""
