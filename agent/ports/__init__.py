"""What the agent asks of the floors above it, as small protocols with their plain values."""
