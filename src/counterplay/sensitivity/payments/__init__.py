"""Side payments: what must be offered, and to whom, for an outcome to hold."""
