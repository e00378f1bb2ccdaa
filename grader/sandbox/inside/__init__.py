"""The untrusted side: what runs inside the sandbox, next to a submission's own code.

Nothing here is a secret and nothing here decides anything. The trusted side (`grader.sandbox`)
believes no byte that comes from here before it has parsed it as hostile input.
"""
