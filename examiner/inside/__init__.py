"""What runs within the jail. It knows no expected value, no known mistake and no report."""
