"""How an article is set and drawn, row by row, and what the lines around it say."""
