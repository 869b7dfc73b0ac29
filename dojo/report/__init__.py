"""From what pytest saw of a kata's test to what the learner reads."""
