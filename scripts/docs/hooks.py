"""Called by MkDocs: the switch of languages leads to the same page where the other language has it."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import Any

ROOTS = {"en": "", "zh": "zh"}  # where the site of a language lies in the whole


def on_post_page(output: str, *, page: Any, config: Any) -> str:
    """Put the addresses of the switch (`#en`, `#zh` in base.yml) into one page; both sites are staged side by side."""
    docs = Path(config.docs_dir)
    here = PurePosixPath(ROOTS[docs.name], page.file.url).parent
    for lang, root in ROOTS.items():
        has = (docs.parent / lang / page.file.src_uri).is_file()
        target = PurePosixPath(root, page.file.url if has else "index.html")
        output = output.replace(f'href="#{lang}"', f'href="{os.path.relpath(target, here).replace(os.sep, "/")}"')
    return output
