"""Loading a region from its folder: read, check everything, then write through the services."""
