"""What is told about a template, for somebody who does not know its language."""

from __future__ import annotations

import pytest

from trustops.posts.text import TemplateFaultError, render, try_out
from trustops.posts.told import Told


@pytest.mark.parametrize(
    ("source", "line", "fix"),
    [
        ("Words.\n{{ state }\n{{ url }}", 2, "write {{ state }}"),
        ("Words.\n{{ state\n{{ url }}", 2, "write {{ state }}"),
        ("{% if late }\nx\n{% endif %}\n{{ url }}", 1, "write {% if late %}"),
        ("Words.\n{% if late %}\nx\n\n{{ url }}", 2, "write {% endif %}"),
        ("Words.\n{% for line in chains %}\n{{ url }}", 2, "write {% endfor %}"),
        ("Words.\n{% endif %}\n{{ url }}", 2, "take it out"),
        ("{% if late %}\n{% endfor %}\n{{ url }}", 2, "write {% endif %} first"),
        ("Words.\n{{ staet }}\n{{ url }}", 2, "did you mean state?"),
        ("Words.\n{{ price }}\n{{ url }}", 2, "names price, which no heartbeat has; take it out"),
    ],
)
def test_a_fault_of_a_template_is_told_with_its_mend(source: str, line: int, fix: str) -> None:
    """On the line where somebody has to write."""
    with pytest.raises(TemplateFaultError) as caught:
        try_out(source)
    assert caught.value.line == line
    assert fix in caught.value.message
    assert "Jinja" not in caught.value.message


@pytest.mark.parametrize(
    ("source", "before"),
    [
        ("{# {{ a } remark #}\n{{ url }}", ""),
        ("{% if late %}\n{{ late }}\n{% endif %}\n{{ url }}", "A sentence.\n"),
        (
            "{%- for line in chains -%}\n{{ line }}\n{% else %}\nx\n{% endfor %}\n{{ url }}",
            "A sentence.\n",
        ),
    ],
)
def test_a_template_that_can_be_filled_is_taken(source: str, before: str) -> None:
    """Whatever its braces look like, and what comes of it is what its author meant."""
    told = Told.example()
    try_out(source)
    assert render(source, told) == f"{before}{told.url}"
