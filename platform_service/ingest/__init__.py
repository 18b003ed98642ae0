"""From files of the user to measured assets with renditions; no HTTP and no SQL."""
