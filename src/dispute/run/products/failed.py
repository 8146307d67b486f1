"""A step that failed."""


class FailedError(RuntimeError):
    """The message says which step failed, and where more is kept."""
