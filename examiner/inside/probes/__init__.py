"""What is looked at, kata by kata: a few lines that call a stub and return plain data.

They run beside the candidate's code, so they hold no expected value; examiner/probes/ has those.
"""
