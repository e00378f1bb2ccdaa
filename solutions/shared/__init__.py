"""What the exercises of several files or chapters check alike."""
