"""Build the documentation site into build/site: `make docs`, or `python -m scripts.docs` with the extra `docs`.

Any warning of MkDocs, any link or anchor that leads nowhere and anything that a page would fetch from elsewhere fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import yaml

from scripts.docs import links, stage

HERE = Path(__file__).parent
BUILD = stage.ROOT / "build"


def main() -> int:
    """Stage, build each language, check; returns the exit status."""
    configs = {lang: HERE / f"{lang}.yml" for lang in stage.LANGS}
    navs = {lang: yaml.safe_load(path.read_text("utf-8"))["nav"] for lang, path in configs.items()}
    stage.write(navs, BUILD / "docs")
    site = BUILD / "site"
    for lang, path in configs.items():  # the Chinese site lies inside the other, so it comes second
        target = site if lang == "en" else site / lang
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(path), "-d", str(target)]
        settings = {**os.environ, "PYTHONPATH": str(stage.ROOT), "NO_MKDOCS_2_WARNING": "1"}
        if code := subprocess.run(command, cwd=stage.ROOT, env=settings).returncode:
            return code
        (target / "404.html").unlink()  # nothing asks for it where there is no server
    found = links.wrong(site)
    print("\n".join(found) or f"{site / 'index.html'}: {sum(1 for _ in site.rglob('*.html'))} pages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
