"""What goes back of a paid order, and why: so far cancels by the seller before shipping (판매자 취소)."""
