"""The one error of the store; its text is one clear sentence for the user."""


class StoreError(Exception):
    """A folder of results cannot be written or read."""
