"""The library panel: search, facets, thumbnails and imports."""
