"""Composition root: settings, addresses, jobs. It sees every app; no app sees it but ``web``."""

__version__ = "0.1.0"
