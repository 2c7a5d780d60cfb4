"""The data that everything else speaks of: articles, analyses, errors. Imports nothing of ours."""
