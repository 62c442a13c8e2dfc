"""A place that a text may mean, and how the parts of the text agree with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo_service.addresses.hits import Hit
from geo_service.addresses.house_book import TypedHouse
from geo_service.addresses.house_choice import HouseChoice
from geo_service.addresses.kinds import Accord
from geo_service.addresses.place_names import Agreement, PlaceName
from geo_service.campaign.model import Place, PlaceKind

# Level 0 is a live name as it is; what is further away is meant only if nothing nearer is.
_OLD_NAME = 1.0
_GIVEN_NAME = 0.5
_OF_AGREEMENT: dict[Agreement, float] = {"part": 2.0, "typo": 2.4}
_SERIES = 0.2
_EACH_ERROR = 0.2
_UNEXPLAINED = 3.0
_CONTRADICTED = 4.0
_LEFT_NUMBER = 0.1
_UNKNOWN_AREA = 0.5
_OTHER_KIND = 1.5  # a microdistrict's old name is nearer to мкр Алатау than a street's live one


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What a text says at the tokens of a name, and beside them; all names at those tokens share it.

    Parameters
    ----------
    house
        Which number is the house's.
    kind
        Of the kind word; None without one.
    first_key
        The first of the name's tokens, folded.
    has_joined_number
        True if a hyphen joins the name's number to its word, as in Самал-2.
    unexplained
        Positions of words that are neither the name nor said of it.
    has_title
        True if the text has a title beside the name that the place is called without.
    has_unknown_area
        True if the text names a microdistrict that the campaign does not have, beside a street.
    is_contradicted
        True if a kind word stands at another name, as in ``мкр Самгау, ул. Неизвестная``.
    district
        Code of the district in the text; None if it names none.
    """

    house: HouseChoice
    kind: PlaceKind | None = None
    first_key: str = ""
    has_joined_number: bool = False
    unexplained: tuple[int, ...] = ()
    has_title: bool = False
    has_unknown_area: bool = False
    is_contradicted: bool = False
    district: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A place that a text may mean, and how the whole text agrees with it. No two are equal.

    Parameters
    ----------
    hit
        The name that was found, with its place, and where it stands.
    said
        What the text says beside it.
    kind, district, area
        Whether the kind word, the district and the microdistrict in the text agree with the place.
    has_given_name
        True if the one word left over is a given name before a surname that the place is called by alone.
    has_lost_number
        True if a number of the text may belong to the name or to a nameless street.

    Attributes
    ----------
    level
        How far the text is from naming the place: 0 is its name, 1 its former name, 2 its main word, ...
        A typing error is further away than any of them, a word that nothing explains further still.
    """

    hit: Hit
    said: Said
    kind: Accord
    district: Accord
    area: Accord
    has_given_name: bool = False
    has_lost_number: bool = False
    level: float = field(init=False)

    def __post_init__(self) -> None:
        hit, said = self.hit, self.said
        level = _UNEXPLAINED * self.unexplained + _CONTRADICTED * self.is_contradicted
        level += _GIVEN_NAME * (self.has_given_name or said.has_title) + _LEFT_NUMBER * said.house.left
        level += _UNKNOWN_AREA * said.has_unknown_area
        level += _OLD_NAME * hit.name.is_old + _OTHER_KIND * (self.kind == "conflicts")
        level += _OF_AGREEMENT.get(hit.agreement, 0.0) + _EACH_ERROR * hit.distance
        if hit.agreement == "series" and self.kind == "unsaid" and said.house.house is None:
            level += _SERIES
        object.__setattr__(self, "level", round(level, 3))

    @property
    def name(self) -> PlaceName:
        """The name that was found."""
        return self.hit.name

    @property
    def place(self) -> Place:
        """The place."""
        return self.hit.name.place

    @property
    def agreement(self) -> Agreement:
        """How the name agrees with the text."""
        return self.hit.agreement

    @property
    def start(self) -> int:
        """Position of the name's first token."""
        return self.hit.start

    @property
    def end(self) -> int:
        """Position after the name's last token."""
        return self.hit.end

    @property
    def house(self) -> TypedHouse | None:
        """The house number in the text; None if there is none."""
        return self.said.house.house

    @property
    def unexplained(self) -> int:
        """Number of words that are neither the name nor said of it."""
        return 0 if self.has_given_name else len(self.said.unexplained)

    @property
    def is_contradicted(self) -> bool:
        """Whether a kind word stands at another name."""
        return self.said.is_contradicted and not self.has_given_name

    @property
    def has_same_beginning(self) -> bool:
        """Whether name and text begin with the same letter."""
        return self.said.first_key[:1] == "".join(self.name.keys[:1])[:1]

    @property
    def is_as_named(self) -> bool:
        """Whether a long name's word is typed as it stands in the name."""
        return self.said.first_key in self.name.keys

    @classmethod
    def chosen(cls, place: Place, house: HouseChoice, district: str | None) -> Match:
        """Return the match of a place that somebody chose instead of typing its name.

        Parameters
        ----------
        place
            The place.
        house
            The number that was typed.
        district
            Code of the district that is meant; None if none is said.
        """
        name = PlaceName(place, "", "ru", (), (), (), "", ())
        accord: Accord = "unsaid" if district is None else "agrees"
        return cls(Hit(name, "exact", 0, 0), Said(house, district=district), "agrees", accord, "unsaid")
