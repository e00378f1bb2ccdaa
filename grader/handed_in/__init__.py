"""What was handed in: collected, opened as hostile, and made the released notebook again."""
