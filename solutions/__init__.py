"""The hidden package: for each chapter the exercises with their references and misconceptions.

Learners read it after the deadline; nothing of it is in a release or in a sandbox.
"""
