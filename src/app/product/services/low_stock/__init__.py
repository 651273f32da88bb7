"""Telling staff of stock that runs out."""
