"""Search over the library: words, associations, meaning, colours and likeness in one score with a reason."""
