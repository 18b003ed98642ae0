"""The conversation: bubbles, chips, steps, choices and the composer."""
