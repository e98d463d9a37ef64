"""Pictures like photographs, and of nobody: light that falls off, grain, and a drawn face."""

from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from core.models import PracticeImage

#: Of the shirt, the hair and the wall: none is near that of the face.
WALLS = ((70, 96, 110), (132, 140, 120), (58, 60, 82), (150, 150, 158))
FACE = (226, 168, 134)


@dataclass(frozen=True)
class Photograph:
    """Where the face is: its centre and its height, in pixels of the picture."""

    name: str
    width: int
    height: int
    face_x: int
    face_y: int
    face_height: int

    @property
    def face_width(self) -> int:
        return round(self.face_height * 0.76)

    def drawn(self, number: int = 0) -> Image.Image:
        wall = Image.new("RGB", (self.width, self.height), WALLS[number % len(WALLS)])
        light = Image.linear_gradient("L").rotate(35).resize(wall.size)
        picture = ImageChops.screen(wall, Image.merge("RGB", [light.point(lambda v: v // 4)] * 3))
        draw = ImageDraw.Draw(picture)
        x, y, half, tall = self.face_x, self.face_y, self.face_width / 2, self.face_height / 2
        draw.ellipse((x - half * 2.4, y + tall * 0.9, x + half * 2.4, y + tall * 5), fill=(44, 58, 74))
        draw.ellipse((x - half * 1.2, y - tall * 1.25, x + half * 1.2, y + tall * 0.7), fill=(48, 36, 32))
        picture = picture.filter(ImageFilter.GaussianBlur(self.face_height / 40))
        draw = ImageDraw.Draw(picture)
        draw.ellipse((x - half, y - tall, x + half, y + tall), fill=FACE)
        for side in (-1, 1):
            eye = (x + side * half * 0.42, y - tall * 0.1)
            draw.circle(eye, self.face_height / 30, fill=(40, 32, 30))
        draw.arc((x - half * 0.4, y + tall * 0.1, x + half * 0.4, y + tall * 0.55), 20, 160, (140, 70, 66), 4)
        grain = Image.effect_noise(picture.size, 18).convert("RGB")
        return Image.blend(picture, grain, 0.06)

    def stored(self, number: int = 0) -> PracticeImage:
        file = BytesIO()
        self.drawn(number).save(file, "JPEG", quality=88)
        image = PracticeImage(
            title=f"{self.name} {number}",
            file=ContentFile(file.getvalue(), name=f"{self.name}-{number}.jpg"),
            description="A made-up person",
            focal_point_x=self.face_x,
            focal_point_y=self.face_y,
            focal_point_width=self.face_width,
            focal_point_height=self.face_height,
        )
        image.save()
        return image


#: As people send them: of an office on its side, of a telephone held upright, a square, and one far off.
PHOTOGRAPHS = (
    Photograph("wide", 960, 540, 790, 200, 180),
    Photograph("tall", 540, 960, 250, 220, 200),
    Photograph("square", 720, 720, 160, 180, 170),
    Photograph("far", 1080, 720, 940, 520, 100),
)
