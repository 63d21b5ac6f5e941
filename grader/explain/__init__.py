"""Why an answer is wrong, found by asking on: the smallest case, and the rule that says when. Runs only what failed."""
