"""The logins of the demo. Their passwords are for the demo only, and printed when it starts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Login:
    username: str
    password: str
    first_name: str
    last_name: str
    group: str
    role: str
    is_superuser: bool = False
    #: In whose name they sign off, as `content/reviewers.toml` has it.
    reviewer: str = ""


LOGINS = [
    Login("editor", "quiet-harbour-7", "Edie", "Field", "Content editor", "writes pages"),
    Login("reviewer", "steady-lantern-4", "Rowan", "Marsh", "Moderators", "reviews and publishes pages"),
    Login(
        "profiles",
        "gentle-willow-3",
        "Pia",
        "Lindqvist",
        "Profile manager",
        "keeps profiles, diaries and private records",
    ),
    Login(
        "clinician",
        "candid-orchid-8",
        "Alex",
        "Sample (fictional)",
        "Clinical reviewer",
        "signs off what is said about health",
        reviewer="Dr A. Sample (fictional reviewer)",
    ),
    Login("matcher", "patient-meadow-9", "Maya", "Anand", "Matching team", "answers enquiries"),
    Login("colleague", "kindly-compass-5", "Noor", "Haidari", "Matching team", "answers enquiries too"),
    Login(
        "office",
        "tidy-anchor-6",
        "Olu",
        "Bennett",
        "Administrator",
        "keeps settings, accounts, webhooks and every page",
    ),
    Login("admin", "careful-orchard-2", "Ada", "Okoye", "", "superuser", is_superuser=True),
]
