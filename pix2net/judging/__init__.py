"""What decides whether an answer is right, in a learner's notebook and in grading alike.

Runs a case (`driver`), carries what comes back as data (`codec`), holds it against an answer key
(`answer_key`) rung by rung (`ladder`, `transforms`) and says the verdict (`judge`).
"""
