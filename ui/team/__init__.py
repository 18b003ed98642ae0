"""Working with others: who is there, what has come from them, how the line to the team is, signing in."""
