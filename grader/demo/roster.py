"""The simulated class: names, and how each of them works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mishap = Literal["", "loops", "exits", "deletes", "duplicates", "stderr", "absent"]


@dataclass(frozen=True)
class Student:
    """One simulated student.

    Attributes:
        id: as nbgrader knows them.
        wrong: share of exercises answered with a misconception, 0..1.
        blank: share of exercises left as they came, 0..1.
        mishap: what else goes wrong, in one of their notebooks: an endless loop, a cell that ends
            its process, a test cell deleted, a cell twice, right answers with noise on stderr, or a
            notebook not handed in.
    """

    id: str
    first_name: str
    last_name: str
    wrong: float = 0.0
    blank: float = 0.0
    mishap: Mishap = ""


ROSTER = (
    Student("ada", "Ada", "Okafor"),
    Student("bela", "Béla", "Varga"),
    Student("chen", "Chen", "Li"),
    Student("dalia", "Dalia", "Haddad"),
    Student("emil", "Emil", "Lund", wrong=0.1),
    Student("farah", "Farah", "Aziz", wrong=0.15),
    Student("goran", "Goran", "Petrov", wrong=0.15),
    Student("hana", "Hana", "Sato", wrong=0.2),
    Student("ines", "Inês", "Prado", wrong=0.2),
    Student("jonas", "Jonas", "Weber", wrong=0.25),
    Student("kofi", "Kofi", "Mensah", wrong=0.3),
    Student("lena", "Lena", "Fischer", wrong=0.3, blank=0.05),
    Student("mateo", "Mateo", "Ruiz", wrong=0.35, blank=0.05),
    Student("nadia", "Nadia", "Ivanova", wrong=0.4),
    Student("omar", "Omar", "Said", wrong=0.45, blank=0.1),
    Student("priya", "Priya", "Nair", wrong=0.5, blank=0.1),
    Student("quentin", "Quentin", "Moreau", wrong=0.5, blank=0.2),
    Student("rosa", "Rosa", "Conti", wrong=0.35, blank=0.4),
    Student("sven", "Sven", "Berg", wrong=0.2, blank=0.6),
    Student("tomas", "Tomás", "Silva", blank=1.0),
    Student("uma", "Uma", "Rao", mishap="loops"),
    Student("viktor", "Viktor", "Novak", mishap="exits"),
    Student("wanda", "Wanda", "Kowalska", mishap="deletes"),
    Student("xavier", "Xavier", "Dubois", mishap="duplicates"),
    Student("yara", "Yara", "Costa", mishap="stderr"),
    Student("zeno", "Zeno", "Marini", wrong=0.1, mishap="absent"),
)
