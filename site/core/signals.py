from django.dispatch import Signal

#: Sent in the transaction in which a page and its child rows were stored, with `instance`. Never for drafts.
page_stored = Signal()
#: Sent once a revision waits for its time, with `instance`, the draft. Wagtail has no signal for it.
page_scheduled = Signal()
#: Sent after a backup was restored, with `made_at`: what happened since that moment is not in the database.
#: A receiver returns a sentence that says what it has brought up to date.
site_restored = Signal()
