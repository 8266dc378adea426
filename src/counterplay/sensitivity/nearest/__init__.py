"""The nearest change: the least joint move that makes, breaks or isolates an outcome."""
