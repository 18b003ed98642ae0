"""The door from the background loop to the UI thread: messages go in one by one and come out a batch at a time."""

from collections import deque

from app.messages import Message


class Mailbox:
    """A thread-safe queue; `drain` hands over what has come since the last frame, up to a bound."""

    def __init__(self, most_at_once: int = 256) -> None:
        self._waiting: deque[Message] = deque()
        self._most_at_once = most_at_once

    def post(self, message: Message) -> None:
        """Put a message in; callable from any thread."""
        self._waiting.append(message)

    def drain(self) -> list[Message]:
        """The waiting messages in order, at most `most_at_once` of them; never blocks."""
        batch: list[Message] = []
        while self._waiting and len(batch) < self._most_at_once:
            batch.append(self._waiting.popleft())
        return batch
