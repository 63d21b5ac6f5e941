"""A class at a time: from a download to marks, through any `concurrent.futures.Executor`.

sources.py, layouts.py, times.py → intake.py: who handed in which files and when, by the names in the download
roster.py → who.py: which student of the course such a name means; joining.py: what follows from that
prepare.py: which of a student's files answers which exercise (nothing is run)
work.py: grade one of them, in a process with its own warm sandbox
executor.py: what a batch needs of its workers; local.py, cluster.py: the two kinds; farm.py chooses
reception.py: which workers of a cluster may grade; slurm.py: jobs that start them; vigil.py: what is said without any
jobs.py: on their way there and back; run.py: the whole batch; regrade.py: the gradebook's sources once more
"""
