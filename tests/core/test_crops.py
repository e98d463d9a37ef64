"""A photograph is cut around its focal point: the face is whole in the tall crops and in the wide one."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from core.renditions import OPERATIONS
from tests.factories.photographs import PHOTOGRAPHS, Photograph

pytestmark = pytest.mark.django_db

#: The roles that cut something off, with the shape that each has.
CROPS = {"portrait_card": 304 / 380, "portrait_profile": 480 / 600, "social": 1200 / 630}
#: How much more red than blue a face has at least, and nothing else in these pictures.
RED_OVER_BLUE = 58


def face_of(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the box of what is coloured like the face."""
    red, _green, blue = picture.convert("RGB").split()
    mask = ImageChops.subtract(red, blue).point(lambda value: 255 * (value > RED_OVER_BLUE))
    box = mask.getbbox()
    assert box
    return box


#: A face as far out as it is whole, at each edge of four shapes.
AT_AN_EDGE = [
    Photograph(f"{shape}-{edge}", width, height, round(x), round(y), 180)
    for shape, width, height in (
        ("wide", 800, 450),
        ("tall", 600, 900),
        ("square", 600, 600),
        ("long", 1000, 300),
    )
    for edge, x, y in (
        ("left", 70, height / 2),
        ("right", width - 70, height / 2),
        ("top", width / 2, 91),
        ("bottom", width / 2, height - 91),
        ("corner", width - 70, height - 91),
    )
]


@pytest.mark.guide("Set the focal point on a face, so that no crop cuts it off.")
@pytest.mark.parametrize("photograph", [*PHOTOGRAPHS, *AT_AN_EDGE], ids=lambda one: one.name)
def test_no_crop_cuts_into_the_face(photograph: Photograph) -> None:
    image = photograph.stored()
    for role, shape in CROPS.items():
        for operation in OPERATIONS[role]:
            rendition = image.get_rendition(f"{operation}|format-png")
            with rendition.open_file() as file:
                crop = Image.open(BytesIO(file.read()))
                crop.load()
            assert abs(crop.width / crop.height - shape) < 0.01, role
            left, top, right, bottom = face_of(crop)
            # One that was cut has lost its shape.
            assert abs((right - left) / (bottom - top) - 0.76) < 0.04, role
    assert {role for role, [first, *_] in OPERATIONS.items() if first.startswith("fill-")} == set(CROPS)
