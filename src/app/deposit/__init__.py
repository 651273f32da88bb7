"""Manual transfers (무통장입금): the shop's own bank accounts, what orders wait for, and the deposits."""
