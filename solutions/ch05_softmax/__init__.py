"""The hidden half of chapter 05: from scores to probabilities, and the loop that learns."""
