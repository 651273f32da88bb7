"""Files about the whole catalogue for other services: built on disk, and served from there for a while."""
