"""Hosted runs: the same agent on the platform, kept step by step, spread over workers, ended exactly once."""
