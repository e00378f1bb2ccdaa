"""The hidden half of chapter 07: layers, forward and back, the whole network and its training."""
