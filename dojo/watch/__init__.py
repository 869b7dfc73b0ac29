"""`dojo watch`: every save gets its verdict, in the warm process."""
