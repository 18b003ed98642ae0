"""Requests over a show whose every word is read: a phrase that names works on show, and what is done to them."""
