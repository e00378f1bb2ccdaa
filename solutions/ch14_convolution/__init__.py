"""The hidden half of chapter 14: convolution."""
