"""From a submission to its result."""
