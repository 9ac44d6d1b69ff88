"""The engine: which version applies, what a code means, whether it is right, what it is called elsewhere."""
