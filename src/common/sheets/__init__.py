"""Spreadsheets: reading of uploaded xlsx and csv files, and writing of xlsx and csv. All functions block: call them in
a thread."""
