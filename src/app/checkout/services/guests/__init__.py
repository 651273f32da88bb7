"""Take-over of guest orders by members."""
