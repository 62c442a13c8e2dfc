"""What the browser takes for a personal number, beside what the server does."""

from __future__ import annotations

import pytest

from geo_service.addresses.personal_number import holds_personal_number

pytestmark = pytest.mark.browser

PERSONAL = [
    "850412300123", "ИИН 850412300123", "850412 300123", "850412-300-123", "8504 1230 0123",
    "Абая 5, 850412300123", "0850412300123", "850412–300123",
]  # fmt: skip
HARMLESS = [
    "", "Абая 45", "Төле би 45", "8-й микрорайон, 12", "43.238949, 76.889709", "43,238949 76,889709",
    "43.2389490123 76.8897090123", "+7 727 123-45-67", "8 (727) 123 45 67, дом 12", "№ 123",
    "https://2gis.kz/almaty/geo/9429940000801234/76.889709,43.238949", "Самал-2, 33", "12/1",
]  # fmt: skip

TELLS = """async ([texts]) => {
    const module = document.querySelector('script[src$="/personal.js"]').src;
    const { holdsPersonalNumber } = await import(module);
    return texts.map((text) => holdsPersonalNumber(text));
}"""


@pytest.mark.parametrize(("texts", "expected"), [(PERSONAL, True), (HARMLESS, False)])
def test_browser_recognises_a_personal_number_as_the_server_does(visitor, texts, expected):
    visit = visitor()
    visit.open("/ru/", with_map=False)

    told = dict(zip(texts, visit.page.evaluate(TELLS, [texts]), strict=True))

    assert told == dict.fromkeys(texts, expected)
    assert told == {text: holds_personal_number(text) for text in texts}
