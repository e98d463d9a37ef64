"""One next step on every page: in its head, and where its words end; never one invitation after another."""

from tests.browser.page_types import PUBLIC

#: Beside the help for now nothing else is offered; what says that something went wrong asks no database.
WITHOUT_BUTTON = {"urgent-help", "not-found"}
#: Their words end with a next step.
INVITES = {"home", "therapies", "concerns", "directory", "about", "fees", "accessibility", "search-found"}


def test_each_page_leads_to_the_first_step_and_invites_once(reader, subtests):
    for name, address in PUBLIC.items():
        with subtests.test(name):
            page = reader.read(address).soup
            steps = page.header.find_all(
                "a", string=lambda words: words and words.strip() == "Find a therapist"
            )
            assert bool(steps) == (name not in WITHOUT_BUTTON)
            invitations = page.main.select(".invitation")
            assert len(invitations) == 1 if name in INVITES else len(invitations) <= 1
            assert not page.main.select(".invitation + .invitation")


def test_a_comparison_leads_to_others_whoever_wrote_it(reader):
    for address in (PUBLIC["comparison-with-article"], PUBLIC["comparison-pair"]):
        page = reader.read(address).soup
        [link] = page.main.find_all("a", string="Compare other therapies")
        assert reader.read(link["href"]).status == 200
