"""The import contracts hold, and each of them fails on a violation that is planted in a copy."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import ROOT, SRC

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
DOMAINS = sorted(path.parent.name for path in (SRC / "app").glob("*/__init__.py"))
OWNERS = [domain for domain in DOMAINS if (SRC / "app" / domain / "models").is_dir()]

# A file to plant, and what it imports. The models of every domain are planted below.
VIOLATIONS = {
    "src/core/planted.py": "import src.app.cart.services",
    "src/app/product/services/planted.py": "import src.app.order.services",
    "src/app/product/dtos/planted.py": "import src.app.product.services",
    "src/app/cart/services/planted.py": "import src.app.cart.router",
    "src/app/category/router.py": "import tortoise",
    "src/sandbox/planted.py": "import src.core",
    "src/app/banner/services/planted.py": "import src.app.promotion_product.services",
    "src/app/promotion_product/services/planted.py": "import src.app.banner.services",
}


def lint(folder: Path) -> dict[str, str]:
    """What import-linter says about the tree: the verdict on each contract."""
    command = [sys.executable, "-c", LINT, "--no-cache"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert "Contracts:" in said.stdout, said.stdout + said.stderr
    return dict(re.findall(r"^(.+) (KEPT|BROKEN)$", re.sub(r"\x1b\[[0-9;]*m", "", said.stdout), re.MULTILINE))


def test_all_contracts_hold() -> None:
    assert lint(ROOT) == {contract["name"]: "KEPT" for contract in CONTRACTS}


def test_each_contract_fails_on_a_planted_violation(tmp_path: Path) -> None:
    shutil.copytree(SRC, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, line in VIOLATIONS.items():
        with (tmp_path / name).open("a") as file:
            file.write(f"\n{line}\n")
    models = "".join(f"import src.app.{domain}.models\n" for domain in OWNERS)
    (tmp_path / "src/app/storefront/services/planted.py").write_text(models)

    assert lint(tmp_path) == {contract["name"]: "BROKEN" for contract in CONTRACTS}


def test_no_domain_is_forgotten_among_the_protected_models() -> None:
    protected = sorted(
        module
        for contract in CONTRACTS
        if contract["name"].startswith("Models of ")
        for module in contract["protected_modules"]
    )
    # Decision 0001: tests/architecture/test_table_ownership.py is the rule; where contracts stand too, all do.
    assert protected in ([], [f"src.app.{domain}.models" for domain in OWNERS])
