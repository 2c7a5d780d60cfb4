"""From each kind of document to pieces of an article."""
