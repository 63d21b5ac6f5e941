"""For authors of exercises: every file of ours, graded as a student's is."""
