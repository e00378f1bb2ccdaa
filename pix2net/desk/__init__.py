"""The learner's desk: checks and what they show, functions of earlier chapters, progress."""
