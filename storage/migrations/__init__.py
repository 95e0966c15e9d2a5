"""The migrations of the tables, run by `storage.schema`."""
