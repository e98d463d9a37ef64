from django.dispatch import Signal

#: Sent in the transaction in which a page and its child rows were stored, with `instance`. Never for drafts.
page_stored = Signal()
