"""The whole way on a simulated class: who is in it, what they hand in, and the run itself."""
