"""`python -m grader` is `grade`, where no folder with scripts is on the path."""

from .cli import main

if __name__ == "__main__":
    main()
