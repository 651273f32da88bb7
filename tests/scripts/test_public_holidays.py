"""The shop's file of public holidays is what the pinned package says, for years to come."""

import subprocess
import sys
from datetime import timedelta

from src.app.shipping.services.business_days.calendar import FILE, public_holidays
from src.common import clock
from tests.architecture.sources import ROOT

FAR = timedelta(days=3653)


def test_the_file_is_what_the_script_writes() -> None:
    code = "import sys; sys.path.insert(0, 'scripts'); import public_holidays; sys.stdout.write(public_holidays.text())"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert said.stdout.decode() == FILE.read_text(encoding="utf-8"), "run scripts/public_holidays.py"


def test_it_reaches_ten_years_ahead() -> None:
    assert len(public_holidays((clock.now() + FAR).year)) >= 13
    assert public_holidays(2200) == {}
