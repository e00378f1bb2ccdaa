"""The hidden half of chapter 09: starting in the right place."""
