"""Pictures that desktops send: taken in parts, checked whole, kept by their content, imported by a worker."""
