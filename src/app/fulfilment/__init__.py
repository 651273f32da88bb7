"""From paid to delivered: what staff do with lines of orders, and what shoppers see of it."""
