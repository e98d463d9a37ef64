"""Every kind of page that the site has, by a name and an address of the demo that shows it.

The steps of the matching form have one address between them: `journeys` walks them.
"""

THERAPY = "interpersonal-therapy"
PAIR = "/therapies/compare/dit-vs-ipt/"
FOUR = "/therapies/compare/act-vs-cat-vs-cbt-vs-dbt/"
PROFILE = "/therapists/amara-okafor/"
MATCHING = "/find-a-therapist/"

#: What anyone may open.
PUBLIC = {
    "home": "/",
    "therapies": "/therapies/",
    "therapy": f"/therapies/{THERAPY}/",
    "therapy-without-article": "/therapies/couples-therapy/",
    "comparison-with-article": PAIR,
    "comparison-pair": "/therapies/compare/act-vs-cbt/",
    "comparison-four": FOUR,
    "comparison-choice": "/therapies/compare/",
    "concerns": "/concerns/",
    "concern": "/concerns/depression/",
    "directory": "/therapists/",
    "directory-narrowed": "/therapists/?concern=anxiety&gender=woman",
    "directory-empty": "/therapists/?price=1&language=ar&language=cy",
    "directory-wrong-price": "/therapists/?price=cheap",
    "profile": PROFILE,
    "therapists-compared": "/therapists/compare/?t=amara-okafor&t=daniel-osei&t=helen-marsh",
    "about": "/about/",
    "fees": "/fees/",
    "accessibility": "/accessibility/",
    "urgent-help": "/get-help-now/",
    "search": "/search/",
    "search-found": "/search/?query=panic",
    "search-nothing-found": "/search/?query=xylophone",
    "not-found": "/no-such-page/",
}
