"""Channels with manual approval (수동 승인): the shop takes the money itself."""
