"""The session of one creator: use cases, storage, the platform client and the one background loop."""
