"""The hidden half of chapter 03: the score function f(x, W)."""
