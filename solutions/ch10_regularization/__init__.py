"""The hidden half of chapter 10: what to do about overfitting."""
