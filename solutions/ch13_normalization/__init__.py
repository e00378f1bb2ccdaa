"""The hidden half of chapter 13: standardising inside the network."""
