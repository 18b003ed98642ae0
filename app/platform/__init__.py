"""The platform as the desktop reaches it: its process or its address, requests, and the live line."""
