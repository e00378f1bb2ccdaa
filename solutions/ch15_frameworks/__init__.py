"""The hidden half of chapter 15: from Value to a library."""
