"""The sizes of pictures are made by the worker, so that no visitor waits for them."""

from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import Page

from core.models import PracticeImage, PracticeRendition
from core.picture_sizes import make_sizes_of_image, make_sizes_of_page
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_index")]

ADDRESSES = [
    "/fees/",
    "/therapists/",
    "/therapists/anna/",
    "/api/v2/pages/?fields=*",
    "/api/v2/therapists/?fields=*",
    "/sitemap.xml",
]


@pytest.fixture
def image():
    image = PracticeImageFactory(file__width=400, file__height=300)
    image.contextual_alt_text = "Two chairs by a window"
    home = make_site()
    InfoPageFactory(
        parent=home,
        slug="fees",
        social_image=image,
        body=[("figure", {"image": image, "caption": ""}), ("paragraph", "<p>Open words</p>")],
    )
    TherapistPageFactory(parent=TherapistIndexPageFactory(parent=home), slug="anna", portrait=image)
    return image


def publish():
    for page in Page.objects.filter(slug__in=("fees", "anna")):
        page.specific.save_revision().publish()


def work():
    """Do the queued jobs, and return how many there were."""
    jobs = ProcrastinateJob.objects.filter(task_name__startswith="core.make_sizes")
    tasks = {task.name: task for task in (make_sizes_of_page, make_sizes_of_image)}
    done = [tasks[job.task_name](**job.args) for job in jobs]
    ProcrastinateJob.objects.all().delete()
    return len(done)


def test_no_answer_waits_for_sizes_of_what_was_published(image, client):
    publish()
    assert work() == 2
    made = PracticeRendition.objects.count()
    for address in ADDRESSES:
        assert client.get(address).status_code == 200
        assert PracticeRendition.objects.count() == made, address


def test_another_part_of_a_picture_is_made_for_all_pages_that_show_it(image):
    publish()
    work()
    before = set(PracticeRendition.objects.values_list("filter_spec", flat=True))
    image.focal_point_x = image.focal_point_y = image.focal_point_width = image.focal_point_height = 50
    image.save()
    PracticeRendition.objects.all().delete()
    assert work() == 1
    assert set(PracticeRendition.objects.values_list("filter_spec", flat=True)) == before


def test_a_page_without_pictures_queues_nothing_and_a_broken_picture_stops_nothing(image, client):
    home = Page.objects.get(slug="therapists").get_parent()
    InfoPageFactory(parent=home, slug="plain").save_revision().publish()
    assert work() == 0
    Path(PracticeImage.objects.get().file.path).unlink()
    publish()
    assert work() == 2
    assert not PracticeRendition.objects.exists()
    assert all(client.get(address).status_code == 200 for address in ADDRESSES)
