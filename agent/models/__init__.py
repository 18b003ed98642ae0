"""Language models behind one door: which are configured, how they are called, what they cost and how they do."""
