"""Exports: one module per format, one registry."""
