"""JupyterLab set up for a learner: the learner's own copies of the notebooks, and the launcher.

`course lab` opens JupyterLab on a work folder, not on the notebooks that come with the
course, so that an update of the course and a learner's answers never meet in one file.
"""
