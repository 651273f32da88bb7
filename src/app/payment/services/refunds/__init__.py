"""Refunds: the intent is committed first, then sent, and done when the provider says so (docs/domain.md#refunds)."""
