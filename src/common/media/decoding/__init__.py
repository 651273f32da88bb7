"""Decode image files to upright pixels. Metadata is separated first, so that broken metadata can do no harm."""
