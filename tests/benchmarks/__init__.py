"""Tests of what turns measurements into tables and plots."""
