#!/usr/bin/env bash
# Gradescope runs this once, to make the autograder's image: put it and run_autograder at the top of
# the archive that you upload, beside a clone of the course in the folder `course`.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends bubblewrap git make python3 python3-venv
cd /autograder/source/course
make setup
chmod -R o+rX .
chmod -R o-rwx solutions
