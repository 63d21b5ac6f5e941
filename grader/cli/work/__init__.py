"""What the commands do: one file for each, and what several share. A declaration imports its file when it runs."""
