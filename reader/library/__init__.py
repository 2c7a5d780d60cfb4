"""The library: what the reader opened, saved and corrected, in one file. The only place that uses SQLite."""
