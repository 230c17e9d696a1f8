"""Pages of the housing app, a module per kind of page."""
