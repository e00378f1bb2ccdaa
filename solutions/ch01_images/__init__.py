"""The hidden half of chapter 01: an image is an array."""
