"""The plan in a corner of the viewport: where everything is, where one stands, a click to go there."""
