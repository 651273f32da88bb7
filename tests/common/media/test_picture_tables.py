"""No table with a path of a picture is unknown to the sweep, which would take its pictures away."""

import subprocess
import sys

from fastapi import FastAPI
from tortoise import Tortoise

from src.common.media.references import registered
from tests.architecture.sources import ROOT

LOAD = (
    "import sys, src.main\n"
    "heavy = [name for name in ('PIL', 'openpyxl', 'obstore', 'boto3', 'moto') if name in sys.modules]\n"
    "assert not heavy, heavy"
)


def columns_of_paths() -> set[str]:
    """Tables with a column that is called like a path of a picture."""
    return {
        str(model._meta.db_table)
        for model in Tortoise.apps["models"].values()
        for name in model._meta.db_fields
        if name == "path" or name.endswith(("_path", "image", "image_url", "thumbnail", "picture"))
    }


def test_every_table_with_pictures_is_registered(app: FastAPI) -> None:
    assert columns_of_paths() - {"upload"} - registered() == set()
    assert {"banner", "branding", "product_image", "order_line"} <= registered()


def test_neither_pillow_nor_object_storage_is_loaded_at_the_start() -> None:
    subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, check=True, timeout=60)
