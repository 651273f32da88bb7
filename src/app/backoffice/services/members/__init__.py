"""Members for staff: lists, changes and memos."""
