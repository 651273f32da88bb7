"""Members as staff see them: lists, changes, memos, and what is masked."""
