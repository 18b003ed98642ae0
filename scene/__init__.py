"""What is authored: records, changes, history, proposals and layouts, free of any window, renderer or network."""
