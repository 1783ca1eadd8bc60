"""A picture of a chat, drawn for the demo: it looks like a screenshot and shows nobody."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, LINE, MARGIN, LETTER = 720, 74, 24, 24
PAPER, MINE, THEIRS, INK = "#f4f2ec", "#d5ebe8", "#ffffff", "#1f2430"


def draw_chat(lines: Sequence[str]) -> BytesIO:
    """A PNG with one bubble a line, the app's and the person's in turn."""
    picture = Image.new("RGB", (WIDTH, MARGIN * 2 + LINE * len(lines)), PAPER)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(LETTER)
    for number, line in enumerate(lines):
        top, mine = MARGIN + number * LINE, number % 2 == 1
        left = MARGIN * 4 if mine else MARGIN
        bubble = (left, top, left + WIDTH - MARGIN * 5, top + LINE - 14)
        pen.rounded_rectangle(bubble, 16, fill=MINE if mine else THEIRS)
        pen.text((left + 18, top + 14), line, fill=INK, font=font)
    file = BytesIO()
    picture.save(file, "PNG")
    return file
