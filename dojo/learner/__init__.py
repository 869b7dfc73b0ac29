"""What a learner asks for between two runs: how far, a hint, the stub anew, the solution."""
