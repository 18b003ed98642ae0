"""The wires between the session and the window: messages in, gestures out."""
