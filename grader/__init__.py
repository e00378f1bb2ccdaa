"""Everything between the course's sources and a student's grade.

The kit that notebooks import, weaving and compiling, the sandbox, grading, the
nbgrader plug-ins, reports and the command line.
"""

__version__ = "0.1.0"
