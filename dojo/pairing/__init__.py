"""`dojo pair`: two people at one kata, in one room or on two machines."""
