"""What is Vietnamese and not ours: text, names, calendar, dates and numbers (pure)."""
