"""Images: checked, re-encoded, kept in an object store, and removed when nothing shows them any more."""
