"""The hidden half of chapter 00: machine learning in four steps."""
