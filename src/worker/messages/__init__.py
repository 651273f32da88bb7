"""What shoppers are told of events: who is told, by which template, with which values."""
