"""A whole class: its gradebook and records, and grading it in many processes or machines."""
