"""The truth: SQLite through SQLAlchemy, one file of queries for each theme."""
