"""What a learner did on this machine, and what there is to do next."""
