"""Pictures: checked, drawn anew, kept in an object store, and swept when nothing shows them any more."""
