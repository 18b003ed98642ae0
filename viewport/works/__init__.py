"""The works on show at every level of detail: which are drawn, in which resolution, with what around them."""
