"""The hidden half of chapter 12: the same slope, better steps."""
