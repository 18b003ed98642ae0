"""What is approved, on disk before it counts: journal, locks, and the way of every step to the platform."""
