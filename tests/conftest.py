"""What all tests share: no test touches the user's own data or cache, and real data is found in one place."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import termbank

settings.register_profile(
    "termbank", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("termbank")

REPO = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def isolated_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the whole run a data and a cache folder of its own; the cache is shared so that banks compile once."""
    before = {name: os.environ.get(name) for name in ("TERMBANK_DATA", "TERMBANK_CACHE", "COLUMNS")}
    for name in ("TERMBANK_DATA", "TERMBANK_CACHE"):
        os.environ[name] = str(tmp_path_factory.mktemp(name.lower()))
    os.environ["COLUMNS"] = "100"  # the width of the screen, which workers of pytest-xdist have otherwise
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give one test an empty data and an empty cache folder; return the folder that holds `data` and `cache`."""
    for name in ("data", "cache"):
        monkeypatch.setenv(f"TERMBANK_{name.upper()}", str(tmp_path / name))
    return tmp_path


@pytest.fixture
def prepared(isolated: Path, compiled: Path) -> Path:
    """Give one test an empty data folder, and a cache that holds the shipped bank compiled."""
    (isolated / "cache").mkdir()
    for bank in compiled.glob("*.bank"):
        shutil.copy(bank, isolated / "cache")
    return isolated


@pytest.fixture(scope="session")
def compiled(isolated_session: None) -> Path:
    """Return the run's own cache folder, with the shipped bank compiled in it."""
    termbank.open().close()
    return Path(os.environ["TERMBANK_CACHE"])


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real code lists and texts, or skip: they may not be published with the project."""
    folder = Path(os.environ.get("TERMBANK_TEST_DATA") or REPO.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"the real data is not in {folder}; set TERMBANK_TEST_DATA to its folder to run this test")
    return folder
