"""Pictures on their way in and out: imports, uploads, renditions and the sample collection."""
