"""Bringing files into the register: upload, check, approve, apply, undo.

What can be imported is told by the apps above: each registers its kinds (``kinds.register_kind``).
"""
