"""Counting in shared memory: by several processes, over their deaths, on bad disks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from src.core.observing.store import BYTES, CELLS, Key, Store, snapshots

ORDERS = Key("orders", ("PAID",))
PRINT = "release-1"


def opened(folder: Path, fingerprint: str = PRINT) -> Store:
    store = Store()
    store.open(folder, fingerprint)
    return store


def sums(folder: Path, key: Key = ORDERS) -> list[tuple[int, bool, int]]:
    """(number, is alive, count) of every process."""
    return [(one.number, one.is_alive, one.cells[key][0]) for one in snapshots(folder, PRINT) if key in one.cells]


def test_two_processes_have_numbers_of_their_own(tmp_path: Path) -> None:
    first, second = opened(tmp_path), opened(tmp_path)
    first.cells(ORDERS, 1)[0] += 3
    second.cells(ORDERS, 1)[0] += 4
    assert sums(tmp_path) == [(0, True, 3), (1, True, 4)]


def test_who_comes_after_takes_the_number_and_counts_on(tmp_path: Path) -> None:
    first, second = opened(tmp_path), opened(tmp_path)
    first.cells(ORDERS, 1)[0] += 3
    second.cells(ORDERS, 1)[0] += 4
    first.close()
    assert sums(tmp_path) == [(0, False, 3), (1, True, 4)]

    third = opened(tmp_path)
    third.cells(Key("other", ()), 2)[1] += 9
    third.cells(ORDERS, 1)[0] += 1
    assert third.number == 0
    assert sums(tmp_path) == [(0, True, 4), (1, True, 4)]


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from src.core.observing.store import Key, Store
store = Store()
store.open(Path({str(tmp_path)!r}), {PRINT!r})
cells = store.cells(Key("orders", ("PAID",)), 1)
for _ in range(1000):
    cells[0] += 1
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], timeout=60, check=False)
    assert done.returncode == -9
    assert sums(tmp_path) == [(0, False, 1000)]


def test_a_line_torn_by_a_kill_is_no_line(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.cells(ORDERS, 1)[0] += 2
    store.close()
    with (tmp_path / "0.names").open("ab") as file:
        file.write(b'["orders",["EXPI')
    again = opened(tmp_path)
    again.cells(Key("orders", ("EXPIRED",)), 1)[0] += 5
    again.cells(ORDERS, 1)[0] += 1

    assert sums(tmp_path) == [(0, True, 3)]
    assert sums(tmp_path, Key("orders", ("EXPIRED",))) == [(0, True, 5)]


def test_another_release_begins_at_nothing_and_is_not_mixed_in(tmp_path: Path) -> None:
    old = opened(tmp_path, "release-0")
    old.cells(ORDERS, 1)[0] += 7
    new = opened(tmp_path)
    new.cells(ORDERS, 1)[0] += 1
    assert sums(tmp_path) == [(1, True, 1)]
    old.close()

    newer = opened(tmp_path)
    assert newer.number == 0
    newer.cells(ORDERS, 1)[0] += 1
    assert sums(tmp_path) == [(0, True, 1), (1, True, 1)]


def test_a_link_that_somebody_put_there_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "0.values").symlink_to(tmp_path / "mine")
    with pytest.raises(OSError, match="symbolic links"):
        opened(tmp_path / "shared")
    assert (tmp_path / "mine").read_text() == "kept"


def test_when_the_cells_are_used_up_counting_goes_on_unseen(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.cells(ORDERS, 1)[0] += 1
    store.cells(Key("wide", ()), CELLS - 1)
    late = store.cells(Key("late", ()), 3)
    late[2] += 1
    assert late.tolist() == [0, 0, 1]
    assert {key.family for one in snapshots(tmp_path, PRINT) for key in one.cells} == {"orders", "wide"}


@pytest.mark.parametrize("limit", [100, BYTES // 2])
def test_a_full_disk_is_an_error_when_it_opens_and_never_a_crash_later(tmp_path: Path, limit: int) -> None:
    code = f"""
import resource
from pathlib import Path
from src.core.observing.store import Key, Store
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
store = Store()
try:
    store.open(Path({str(tmp_path)!r}), {PRINT!r})
except OSError:
    store.cells(Key("orders", ("PAID",)), 1)[0] += 1
    print("counts for itself")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[3], capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"counts for itself\n"), done.stderr
    assert os.path.getsize(tmp_path / "0.values") < BYTES  # noqa: PTH202 - sparse or short, but not whole
    assert opened(tmp_path).number == 0
