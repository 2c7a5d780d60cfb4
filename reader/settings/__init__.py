"""What the user chose: settings, themes, colours, and where files are."""
