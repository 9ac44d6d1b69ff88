"""Swedish words: folding, splitting and ordering. Knows words, knows nothing of banks."""
