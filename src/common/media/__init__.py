"""Images: checked, re-encoded, kept in an object store, and removed when they are no longer used."""
