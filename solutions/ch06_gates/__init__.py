"""The hidden half of chapter 06: backpropagation on a graph of operations."""
