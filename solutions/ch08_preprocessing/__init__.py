"""The hidden half of chapter 08: the same network, better numbers."""
