"""The look: tokens, style sheet, palette, type and icons."""
