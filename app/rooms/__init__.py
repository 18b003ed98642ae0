"""What a session can be asked for, sorted into rooms; each says which parts of the session it speaks to."""
