"""Two-factor authentication: who must have a second factor, and what a session has proved.

Codes and recovery codes are django-allauth's. Its views are routed in `urls.py`, and no other of them is.
"""
