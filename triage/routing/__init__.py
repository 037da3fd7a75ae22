"""Where an entry goes: who is accused, who must be kept from it, which post answers, and why (pure)."""
