"""Bytes → `Document`."""
