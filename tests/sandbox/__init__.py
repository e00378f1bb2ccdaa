"""Tests of the sandbox, run with the real bubblewrap."""
