"""판매자 취소: units that the seller cancels before shipping, with their refund."""
