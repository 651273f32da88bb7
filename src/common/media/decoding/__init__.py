"""Files of pictures become upright pixels: their metadata is parted from them first, so that none can do harm."""
