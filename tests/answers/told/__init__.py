"""Wrong answers as learners write them, and the misconceptions that they must be told."""
