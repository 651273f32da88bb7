"""The payment provider's own settlement sheet, compared with what the shop reckoned."""
