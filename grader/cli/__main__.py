"""``python -m grader.cli`` is the command ``course``."""

from grader.cli import main

if __name__ == "__main__":
    main()
