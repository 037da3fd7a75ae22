"""Text → decision → route → answered."""
