"""Spreadsheets: xlsx and csv that people upload, and xlsx that we write. Everything here blocks: call it in a
thread."""
