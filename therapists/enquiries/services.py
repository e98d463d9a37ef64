"""The ways to write an enquiry: other apps come through here."""

from therapists.enquiries.receiving import receive_enquiry, store_suggestions

__all__ = ["receive_enquiry", "store_suggestions"]
