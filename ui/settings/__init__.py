"""The settings dialog: language models and their keys, money, and what was learnt."""
