"""An article becomes mentions and facts.

The door of the room: :func:`page_context`, :func:`read`, :func:`read_all`, :func:`read_text`."""

from kg.extract.reader import page_context, read, read_all, read_text

__all__ = ["page_context", "read", "read_all", "read_text"]
