"""How long things take and are kept that someone told in confidence."""

from .environment import env

# Enquiries.
ENQUIRY_REFERENCE_PREFIX = env("ENQUIRY_REFERENCE_PREFIX", default="REF")
# How long a therapist may think about an offer.
ENQUIRY_OFFER_HOURS = env.int("ENQUIRY_OFFER_HOURS", default=48)
# Hours before a first consultation at which both are reminded of it, and before an offer ends at which its
# therapist is (24 of these are a working day). 0: never.
ENQUIRY_REMIND_HOURS_BEFORE = env.int("ENQUIRY_REMIND_HOURS_BEFORE", default=24)
ENQUIRY_REMIND_HOURS_BEFORE_OFFER_ENDS = env.int("ENQUIRY_REMIND_HOURS_BEFORE_OFFER_ENDS", default=24)
# Days after which a link to a therapist's own page ends, and those to an offer or introduction that is over.
ENQUIRY_OWN_PAGE_LINK_DAYS = env.int("ENQUIRY_OWN_PAGE_LINK_DAYS", default=180)
ENQUIRY_LINK_GRACE_DAYS = env.int("ENQUIRY_LINK_GRACE_DAYS", default=28)
# For how many days an offer that a therapist did not answer counts as one of their places.
ENQUIRY_UNANSWERED_USES_PLACE_DAYS = env.int("ENQUIRY_UNANSWERED_USES_PLACE_DAYS", default=28)
# Days after which an enquiry is erased: without a match or withdrawn, introduced, and whatever happens.
ENQUIRY_KEEP_DAYS_UNMATCHED = env.int("ENQUIRY_KEEP_DAYS_UNMATCHED", default=30)
ENQUIRY_KEEP_DAYS_INTRODUCED = env.int("ENQUIRY_KEEP_DAYS_INTRODUCED", default=90)
ENQUIRY_KEEP_DAYS_AT_MOST = env.int("ENQUIRY_KEEP_DAYS_AT_MOST", default=180)
# Years for which the practice keeps who introduced whom to which therapist, without a word of the enquiry.
ENQUIRY_KEEP_YEARS_DECISIONS = env.int("ENQUIRY_KEEP_YEARS_DECISIONS", default=7)
# How long an enquiry that may be about someone's safety waits for a reader, once its sender wants it erased.
ENQUIRY_SAFETY_READ_HOURS = env.int("ENQUIRY_SAFETY_READ_HOURS", default=72)
