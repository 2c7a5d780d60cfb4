"""The analysis of an article: entities, quotations, speakers. The only place that imports spaCy."""
