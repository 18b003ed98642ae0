"""The offline planner: a request in plain words to an intent, without a model and without a network."""
