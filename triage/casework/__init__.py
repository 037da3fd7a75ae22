"""The life of a case: who may see it, its clocks, the acts on it."""
