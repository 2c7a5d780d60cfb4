"""Feeds: from bytes to entries, lists of feeds in files, and the feeds that a page names. No network here."""
