"""Members for staff: lists, changes, memos and masking."""
