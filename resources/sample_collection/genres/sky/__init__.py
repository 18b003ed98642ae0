"""Stars with positions, and charts drawn from them."""
