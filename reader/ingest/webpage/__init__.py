"""A web page taken apart: its lines in order, which of them are the article's, and what it says of itself."""
