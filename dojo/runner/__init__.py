"""A supervised run: pytest in a child whose imports are done, followed to its end."""
