"""Every write of the housing app."""
