"""주문 내려받기: order lines as a file, made by a task."""
