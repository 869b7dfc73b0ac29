"""Instruments: what the katas' tests look through, or talk to. Nothing here is to be edited."""
