"""What staff do with whole orders before they are sent."""
