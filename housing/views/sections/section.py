"""What a section of a household's page consists of."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    """``template`` gets ``section``; ``values`` are what it shows; ``size`` is its part of the
    twelve columns."""

    title: str
    template: str
    values: dict = field(default_factory=dict)
    size: str = "12"
    id: str = ""
