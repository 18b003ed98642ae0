"""What a person is told when something happened that nobody foresaw: a sentence, and the words of Python on request."""

from app.messages import Noticed

_MOST_LETTERS = 600


def not_foreseen(error: BaseException, reference: str) -> Noticed:
    """The notice of an error that was logged under this reference."""
    details = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Noticed(
        "error",
        "Something went wrong inside Vernissage.",
        "Your work is kept, and you can go on.",
        "If it happens again, report it with the reference; the log has more under it.",
        reference,
        details[:_MOST_LETTERS],
    )
