"""Which lines of a text are page furniture, and why."""
