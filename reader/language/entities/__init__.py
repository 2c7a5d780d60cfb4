"""From mentions to entities: types, names, aliases."""
