from django.dispatch import Signal

#: A page and its child rows are stored, and the transaction goes on. Never sent for drafts. Gives: instance.
page_stored = Signal()
