"""The reader on the screen. The only place that imports Textual."""
