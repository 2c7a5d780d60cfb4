"""The network: the only place that fetches."""
