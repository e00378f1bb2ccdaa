"""``python -m pix2net`` is the command ``course``."""

from pix2net.cli import main

if __name__ == "__main__":
    main()
