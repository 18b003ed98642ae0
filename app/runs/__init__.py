"""Runs of the agent: started, followed, kept with each step, resumed, beside the conversation or on the platform."""
