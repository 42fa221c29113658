"""Files of content trees."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><path fill="#fff" d="M0 0h8v4H0z"/></svg>\n'
OTHER_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><circle cx="4" cy="2" r="1"/></svg>\n'


def png() -> bytes:
    """A small picture of pixels."""
    data = BytesIO()
    Image.new("RGB", (4, 2), "#0a5464").save(data, "PNG")
    return data.getvalue()


def page(body: str = "", **keys: object) -> str:
    """A page's file: front matter from ``keys``, each as it is to stand there, then the body."""
    lines = [f"{key}: {value}" for key, value in keys.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])


def write_tree(root: Path, files: dict[str, str | bytes]) -> None:
    """Write the files below ``root``."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


HOME = page("Välkommen.", title="Start", type="home", first_published="2025-09-01", updated="2026-01-02")

#: Every block that there is.
RICH = """\
En **fet** text med *betoning*, en [sida](/att-bo/) och en [plats utanför](https://example.org/?a=1&b=2).\\
En ny rad.

- ett
  1. första
  2. andra
- två

## Rubrik

### Underrubrik

> Det var lätt.
>
> - och snabbt
>
> — En deltagare

| Vad | Var |
| --- | --- |
| Pass | Polisen \\| passexpeditionen |

: Vem gör vad

![En dörr](pictures/door.svg "Dörren")

```fact
title: "Vad: ett"
text: |
  Tolv **siffror**.

  - ett
```

```callout
kind: important
title: Vänta inte
text: Ansök i tid.
```

```steps
title: Så gör du
steps:
  - title: Boka
    text: Gå till [ett kontor](/att-bo/hyra-bostad/).
  - title: Ta med pass
```

```questions
questions:
  - question: Kostar det?
    answer: Nej.
```

```reflection
title: Prata
questions:
  - Hur gör ni?
  - Vad tycker du?
```

```exercise
title: Läs
text: Hitta hyran.
```

```picture
file: pictures/city.png
alt: ""
credit: Vägvisare
```

```film
title: En dag på sfi
url: https://example.org/sfi.mp4
length: 3:20
transcript: Allt som sägs.
```

```links
title: Läs mer
links:
  - text: Skatteverket
    url: https://www.skatteverket.se/
    description: Folkbokföring
```

```contact
name: Integrationsenheten
about: Frågor
phone: 010-000 00 00
email: integration@example.org
url: https://www.example.org/
address: Storgatan 1
hours: 9–12
```

```related
pages:
  - /att-bo/
  - /
```"""

#: The same in English, block for block.
RICH_EN = """\
A **bold** text with *emphasis*, a [page](/att-bo/) and a [place outside](https://example.org/?a=1&b=2).\\
A new line.

- one
  1. first
  2. second
- two

## Heading

### Subheading

> It was easy.
>
> - and quick
>
> — A participant

| What | Where |
| --- | --- |
| Passport | The police |

: Who does what

![A door](pictures/door.svg "The door")

```fact
title: "What: one"
text: |
  Twelve **digits**.

  - one
```

```callout
kind: important
title: Do not wait
text: Apply in time.
```

```steps
title: How to
steps:
  - title: Book
    text: Go to [an office](/att-bo/hyra-bostad/).
  - title: Bring your passport
```

```questions
questions:
  - question: Does it cost?
    answer: No.
```

```reflection
title: Talk
questions:
  - How do you do it?
  - What do you think?
```

```exercise
title: Read
text: Find the rent.
```

```picture
file: pictures/city.png
alt: ""
credit: Guide
```

```film
title: A day at SFI
url: https://example.org/sfi-en.mp4
length: 3:20
transcript: All that is said.
```

```links
title: Read more
links:
  - text: Tax Agency
    url: https://www.skatteverket.se/en/
    description: Registration
```

```contact
name: The integration unit
about: Questions
phone: 010-000 00 00
email: integration@example.org
url: https://www.example.org/
address: Storgatan 1, Sweden
hours: 9–12 every day
```

```related
pages:
  - /att-bo/
  - /
```"""


def rich_tree() -> dict[str, str | bytes]:
    """A tree of two languages with every block, pictures, a county, a municipality and a local page."""
    sources = "\n  - title: Boverket\n    url: https://www.boverket.se/\n  - https://example.org/"
    dates = {"first_published": "2025-09-01", "updated": "2026-10-05"}
    rent = page(
        RICH,
        title="Hyra bostad",
        type="article",
        order="1",
        summary="Så söker du.",
        alternative_titles="\n  - Hitta en lägenhet\n  - Söka bostad",
        search_words="[lägenhet, bostadskö]",
        sources=sources,
        owner="Nationella redaktionen",
        review_by="2027-03-01",
        **dates,
    )
    english = page(
        RICH_EN,
        title="Rent a home",
        summary="How to look for one.",
        alternative_titles="\n  - Find a flat",
        search_words="[flat, queue]",
        state="reviewed",
        first_published="2025-10-01",
        updated="2026-10-06",
    )
    return {
        "sv/index.md": HOME,
        "sv/att-bo/index.md": page("Om att bo.", title="Att bo", type="theme", order="2", **dates),
        "sv/att-bo/hyra-bostad.md": rent,
        "sv/att-bo/avfall.md": page("Sortera.", title="Avfall", type="article", order="2", **dates),
        "sv/halsa.md": page("Om hälsa.", title="Hälsa", type="theme", order="1", **dates),
        "sv/lan/skane/index.md": page(
            "![Bro](pictures/door.svg)\n\nOm länet.", title="Skåne län", type="county", **dates
        ),
        "sv/lan/skane/sfi.md": page("Sfi finns.", title="Sfi i Skåne", type="local", order="1", **dates),
        "sv/lan/skane/malmo.md": page("Om staden.", title="Malmö stad", type="local", order="2", **dates),
        "en/index.md": page("Welcome.", title="Home", **dates),
        "en/att-bo/index.md": page("About housing.", title="Housing", **dates),
        "en/att-bo/hyra-bostad.md": english,
        "en/lan/skane/index.md": page("![Bridge](pictures/door.svg)\n\nAbout the county.", title="Skåne", **dates),
        "en/lan/skane/malmo.md": page("About the city.", title="Malmö", **dates),
        "pictures/door.svg": SVG,
        "pictures/city.png": png(),
    }
