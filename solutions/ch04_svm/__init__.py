"""The hidden half of chapter 04: measuring how wrong the scores are, and a step downhill."""
