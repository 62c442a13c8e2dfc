"""Ways of writing that fresh readers of the search came up with, on the sample city."""

from __future__ import annotations

import pytest


def in_short(answer):
    """Status, and place and house in Russian."""
    return answer.status, None if answer.place is None else answer.place.address("ru")


def offered(answer):
    return [candidate.place.address("ru") for candidate in answer.candidates if candidate.place is not None]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        # words that say nothing of the address
        ("Розыбакиева 72 спасибо", "улица Розыбакиева, 72"),
        ("Сатпаева 30 какой участок", "улица Сатпаева, 30"),
        ("Сатпаева 30 напротив школы", "улица Сатпаева, 30"),
        ("Как узнать свой участок? Сатпаева 30", "улица Сатпаева, 30"),
        ("Сатпаева 30 кв 15 Иванов", "улица Сатпаева, 30"),
        ("1968 г.р. Розыбакиева 72", "улица Розыбакиева, 72"),
        ("Розыбакиева 7 87771234567", "улица Розыбакиева, 7"),
        # two names of one place
        ("Толе би (Комсомольская), 45", "улица Толе би, 45"),
        ("пр. Назарбаева (Фурманова) 63/1", "проспект Назарбаева, 63/1"),
        ("Розыбакиева (17 линия) 72", "улица Розыбакиева, 72"),
        # the street that crosses
        ("Сатпаева 30 / Манаса", "улица Сатпаева, 30"),
        ("Розыбакиева 72 (Сатпаева)", "улица Розыбакиева, 72"),
        ("Жандосов/Розыбакиев бұрышы Жандосов 175", "улица Жандосова, 175"),
        # houses
        ("Розыбакиева 10 а 5", "улица Розыбакиева, 10А"),
        ("Розыбакиева 72 № 5", "улица Розыбакиева, 72"),
        ("Розыбакиева 21 стр 1", "улица Розыбакиева, 21/1"),
        ("Розыбакиева 10/А", "улица Розыбакиева, 10А"),
        ("8 ы/а 41 үй 7 п", "микрорайон 8, 41"),
        ("23 дом 8 мкр", "микрорайон 8, 23"),
        ("8-23-5", "микрорайон 8, 23"),
        ("Аксай 4/12", "микрорайон Аксай-4, 12"),
        # names
        ("Райымбек батыра 33/1", "проспект Райымбека, 33/1"),
        ("Сакена Сейфуллина 351", "проспект Сейфуллина, 351"),
        ("Ахмет Байтұрсынұлы 79", "улица Байтурсынова, 79"),
        ("Восточная объездная 38А", "Восточная объездная дорога, 38А"),
        ("абайдаңғылы 243", "проспект Абая, 243"),
        # Kazakh sentences and cases
        ("Алматы қаласы Розыбакиев көшесі 101", "улица Розыбакиева, 101"),
        ("Абай даңғылында 243-үйде тұрамын", "проспект Абая, 243"),
        ("Мен Розыбакиев көшесі 101 үйде тұрамын", "улица Розыбакиева, 101"),
        ("10-ықшамауданда 44 үйде", "микрорайон 10, 44"),
        ("Розыбакиев 101 қай учаскеге барамын", "улица Розыбакиева, 101"),
        ("Розыбакиевтің 10А үйі", "улица Розыбакиева, 10А"),
        ("Абылай ханның 45 үйі", "проспект Абылай хана, 45"),
        # districts
        ("Турксиб, Абая 10", "улица Абая, 10"),
        ("Ауэз. р-н Абая 10", "улица Абая, 10"),
    ],
)
def test_an_address_is_found_as_people_write_it(sample_finder, text, address):
    assert in_short(sample_finder.by_address(text)) == ("found", address)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # the number may belong to a microdistrict that the campaign does not have
        ("Тастак-2 12", "микрорайон Тастак, 2"),
        ("мкр Айнабулак-3, д.12", "микрорайон Айнабулак, 12"),
        # a nameless street in a microdistrict
        ("мкр Калкаман-2, 3-я 5", "микрорайон Калкаман-2, 5"),
        ("мкр Кайрат ул. 20-я д. 5", "микрорайон Кайрат, 5"),
        # one letter that may be a word, one hyphen that may be a fraction
        ("Сатпаева 2 а где голосовать", "улица Сатпаева, 2А"),
        ("Розыбакиева 21-1", "улица Розыбакиева, 21"),
        # a place before the street that is no given name
        ("Аксай Сатпаева 30", "улица Сатпаева, 30"),
        ("мкр Шанырак-2, Сатпаева 30", "улица Сатпаева, 30"),
        # names that differ by more than one slip, or in the first letter
        ("Маркова 5", "улица Парковая, 5"),
        ("Колхозная 5", "улица Совхозная, 5"),
        # the old name of two places; streets whose house is elsewhere
        ("ул. Ленина 5", "проспект Достык, 5"),
        ("ул. Абая, дом 150, кв 5", "проспект Абая, 150"),
    ],
)
def test_a_doubtful_address_is_asked_and_the_likeliest_stands_first(sample_finder, text, first):
    answer = sample_finder.by_address(text)

    assert answer.status == "ambiguous"
    assert offered(answer)[0] == first


@pytest.mark.parametrize("text", ["Орбита 12", "самал 34", "Атырау 12"])
def test_a_series_of_microdistricts_is_offered_where_its_number_is_missing(sample_finder, text):
    answer = sample_finder.by_address(text)

    assert answer.status == "ambiguous"
    assert sum("микрорайон" in address for address in offered(answer)) >= 2


@pytest.mark.parametrize(
    "text", ["на пересечении улиц Сатпаева и Байзакова", "Розыбакиев пен Жандосов қиылысы"]
)
def test_a_crossing_offers_both_streets(sample_finder, text):
    answer = sample_finder.by_address(text)

    assert answer.status == "ambiguous"
    assert len({candidate.place.place.id for candidate in answer.candidates}) == 2


@pytest.mark.parametrize("text", ["Алматы 72", "город Алматы, дом 72", "Рязань көшесі 5", "улица 5"])
def test_words_of_every_address_are_no_street(sample_finder, text):
    assert sample_finder.by_address(text).status == "not_found"


def test_a_town_that_gave_a_street_its_name_is_the_town_and_the_street_is_offered(sample_finder):
    answer = sample_finder.by_address("Тараз")

    assert answer.status == "outside"
    assert offered(answer) == ["улица Тараз"]


@pytest.mark.parametrize("text", ["Уык 14", "Мектеп №8"])
def test_a_street_called_like_a_precinct_or_a_school_is_not_lost(sample_finder, text):
    answer = sample_finder.by_address(text)
    named = [in_short(answer)[1], *offered(answer)]

    assert any(address and ("Уык, 14" in address or "Школьная, 8" in address) for address in named)


@pytest.mark.parametrize(
    "text",
    [
        "Медеуский р-н, Толе би 45",
        "проспект Рыскулова 101 Турксибский район",
        "Айнабулак-3 кв 15",
        "Тастак-2",
        "Алатау 2, 5",
        "Ryskulov 137b",
    ],
)
def test_what_the_data_contradict_or_read_in_two_ways_is_never_found(sample_finder, text):
    assert sample_finder.by_address(text).status == "ambiguous"


def test_every_suggested_house_is_the_house_that_is_found_by_its_text_and_place(sample_finder):
    for typed in ("Самал-2, 3", "8 мкр 2", "Сатпаева 2", "Толе би 4", "10а мкр 1"):
        for suggestion in sample_finder.suggest(typed):
            answer = sample_finder.by_address(suggestion.text, place=suggestion.place.id)

            assert answer.place.place.id == suggestion.place.id
            assert answer.place.number == suggestion.house


@pytest.mark.parametrize(
    ("text", "place"), [("Гоголя 1", "улица Гоголя, 1"), ("43.2385 76.9453", None), ("144 мектеп", None)]
)
def test_a_chosen_place_is_forgotten_where_the_text_is_about_another(sample_finder, text, place):
    satpayev = sample_finder.by_address("улица Сатпаева 20").place.place.id

    assert in_short(sample_finder.by_address(text, place=satpayev))[1] == place


@pytest.mark.parametrize("word", ["аудан", "үй", "көше", "шағынаудан", "қала"])
@pytest.mark.parametrize("ending", ["да", "ында", "ның", "ға", "дан", "ы"])
def test_no_word_of_addresses_raises_in_any_case(sample_finder, word, ending):
    assert sample_finder.by_address(f"{word}{ending} Абая 10").status
