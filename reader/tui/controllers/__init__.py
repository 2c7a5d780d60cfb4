"""What the reader can do: one plain object for each kind of doing, with what it needs given to it."""
