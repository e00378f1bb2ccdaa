"""Measurements with the peer in the same run: ``python -m benchmarks``."""
