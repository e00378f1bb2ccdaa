"""A learner's way to hand in without nbgrader's exchange: a survey, an archive, a receipt."""
