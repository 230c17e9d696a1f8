"""A region whose report can be made, with its rows committed so that a worker sees them."""

from tests.stage import quota

__all__ = ["quota"]
