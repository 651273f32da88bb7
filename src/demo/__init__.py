"""The content of the demo shop: a catalogue as plain data and its pictures. Standard library only, no database."""
