"""Load the demo shop into an empty database: logins, then the whole shop in one transaction."""

from contextlib import suppress
from pathlib import Path

import bcrypt

from src.app.product.models import Product
from src.app.staff.errors import StaffLoginIdTaken
from src.app.staff.services.accounts import create_staff
from src.app.user.errors import EmailTaken, LoginIdTaken
from src.app.user.models import User
from src.app.user.services.account.registration import create_member
from src.core.configs import Settings
from src.core.database import unit_of_work
from src.demo.stamp import is_current, remember

MEMBER_LOGIN, MEMBER_PASSWORD = "demo", "Demo!2345"  # printed at every local start
STAFF_LOGIN, STAFF_PASSWORD = "admin", "Admin!2345"  # printed at every local start


async def load_demo_shop(chosen: Settings) -> bool:
    """Load the demo shop if the database is empty, and return True if it was. Call it under the schema lock.

    The logins are created first, then all rows of the shop in one transaction: if a start is killed in between, the
    next start completes it. Missing or changed pictures are written at every start.
    """
    _draw(chosen.server.state_dir)
    if await Product.exists() or await User.exclude(login_id=MEMBER_LOGIN).exists():
        return False
    await _logins(chosen.security.bcrypt_rounds)
    from src.demo.filling import fill

    await unit_of_work(fill)
    return True


def _draw(state_dir: Path) -> None:
    media, stamp = state_dir / "media", state_dir / "demo-pictures.json"
    if is_current(stamp, media):
        return
    from src.demo.pictures import write_pictures

    remember(stamp, media, write_pictures(media))


async def _logins(rounds: int) -> None:
    # Hash in this thread: another thread would still exist when the workers are forked, and no request waits yet.
    def hashed(password: str) -> str:
        return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds)).decode()

    # An earlier start that was killed may have created the logins.
    with suppress(LoginIdTaken, EmailTaken):
        await create_member(
            login_id=MEMBER_LOGIN,
            password_hash=hashed(MEMBER_PASSWORD),
            name="김데모",
            email="demo@example.com",
            phone="01000000001",
        )
    with suppress(StaffLoginIdTaken):
        await create_staff(STAFF_LOGIN, password_hash=hashed(STAFF_PASSWORD), name="관리자")
