"""What the commands do, one file a command and what several share. Declarations import it when a command runs."""
