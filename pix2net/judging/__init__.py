"""What decides whether an answer is right, in a learner's notebook and in grading alike.

Runs a case (`driver`, `attempts`), carries what comes back as data (`codec`), holds it against an
answer key (`answer_key`) rung by rung (`ladder`), allows for its form (`forms`), recognises
mistakes (`recognition`, `transforms`, `failures`, `exceptions`) and says the verdict (`judge`,
`verdicts`, `questions`), in words that a catalog can put into another language (`wording`).
"""
