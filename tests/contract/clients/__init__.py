"""Clients that are made of docs/openapi.json, and buy something at a running shop."""
