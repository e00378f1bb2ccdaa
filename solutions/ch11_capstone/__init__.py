"""The hidden half of chapter 11: the capstone."""
