"""Which sites to visit: the `Seed` type, the readers of lists, and the shipped list of AI services."""
