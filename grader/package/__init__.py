"""This grader for platforms that run it themselves: files to upload there, and what they call.

gradescope.py: a zip with the project, `setup.sh` and `run_autograder`
github.py: a workflow file
run.py: what both call for one student
"""
