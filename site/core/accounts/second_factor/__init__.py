"""The second step of signing in: who must have one, and what a session has proved.

Codes and recovery codes are django-allauth's. The addresses that lead to them are in `urls.py`, and no
other of its addresses is routed.
"""
