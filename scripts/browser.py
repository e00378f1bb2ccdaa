"""Makes sure that there is a Chromium for the tests that need a browser: ``make test-browser``.

Taken from the PATH; else installed with the system's packages where this user may do that; else one
sentence says what to install. A second run finds it and ends at once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The course names terms in Chinese, too: without such a font they are boxes on the pictures.
PACKAGES = ("chromium", "fonts-wqy-microhei")
ADVICE = "no Chromium on this machine: install it, on Debian with `apt-get install chromium`"


def browser() -> str | None:
    """The path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def install() -> bool:
    """Install Chromium with the system's packages; whether that was possible."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(
            ["apt-get", "--quiet", *command], env=environment, stdout=subprocess.DEVNULL
        )
        if done.returncode:
            return False
    return browser() is not None


def main() -> int:
    """Find or install a browser; 1 with a sentence where there is none."""
    if browser() is None:
        print("installing Chromium for the browser tests (once)", file=sys.stderr)
        if not install():
            print(ADVICE, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
