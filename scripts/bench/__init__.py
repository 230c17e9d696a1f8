"""How fast the product is, in ratios: see ``__main__`` for how to run it."""
