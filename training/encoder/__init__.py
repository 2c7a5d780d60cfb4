"""One encoder for names, tags, parse and attribution: its data, its training, its export."""
