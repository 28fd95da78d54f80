"""Mentions become entities: names in full, identity. The door of the room: :func:`resolve`."""

from kg.resolve.entities import resolve

__all__ = ["resolve"]
