"""Pure functions on text: what is safe to show."""
