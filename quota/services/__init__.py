"""Every write of the quota app."""
