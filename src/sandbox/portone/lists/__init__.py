"""Lists of payments by page and by cursor, and the attempts of one payment."""
