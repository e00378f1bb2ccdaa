"""Where things are in the sandbox's file system, and the numbers that both sides must know."""

from __future__ import annotations

LIBRARY = "/course/lib"
SUPPORT = "/course/support"
FONTS = "/course/fonts"
ELSEWHERE = "/course/python"
HOME = "/home/student"
USER = "student"
USER_ID = 1000

WORK = "work"
TEMPORARY = ".tmp"
SHARED_MEMORY = ".shm"
FONT_CACHE = ".config/matplotlib"

# Reading only: a shared mapping of /dev/zero is memory that no count of ours sees.
READABLE_DEVICES = ("/dev/zero", "/dev/random", "/dev/urandom")
WRITABLE_DEVICES = ("/dev/null", "/dev/full")

FRAME_LENGTH_BYTES = 4
GUEST_BYTES = 4  # behind `SESSION`, where each session is another user's
SESSION, DATA = b"S", b"D"  # what the grader asks of the zygote
HELLO = b"H"
WELCOME = b"W"
