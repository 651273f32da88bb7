"""Many payments at once: by page, by cursor, and the attempts of one."""
