"""Names and other short texts in the languages of the campaign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["kk", "ru", "en"]

LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Names:
    """A name in three languages; None where it is not known."""

    kk: str | None = None
    ru: str | None = None
    en: str | None = None

    def best(self, language: Language) -> str | None:
        """Return the name in a language, else in Russian, else in any."""
        in_language: str | None = getattr(self, language)
        return in_language or self.ru or self.kk or self.en

    def as_dict(self) -> dict[str, str | None]:
        """Return the names by language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}


#: Of what has no name.
NO_NAMES = Names()
