"""Reading an entry: what kind of matter, which topic, how urgent, whom it blames, and how sure of it (pure)."""
