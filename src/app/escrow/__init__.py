"""Escrow (구매안전서비스): the provider is told where goods are and that the purchase is confirmed."""
