"""Fetching over the network: only when asked to, only from public addresses, within bounds, and politely."""
