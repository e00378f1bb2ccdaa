"""Releasing and collecting: the class folder, which is an nbgrader course directory."""
