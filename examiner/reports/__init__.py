"""Everything that a grading is written as: one module a format, from the same data."""
