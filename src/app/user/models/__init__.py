"""Members, their consents, addresses and withdrawals."""

from src.app.user.models.address import Address
from src.app.user.models.consent import Consent
from src.app.user.models.memo import UserMemo
from src.app.user.models.retired_login_id import RetiredLoginId
from src.app.user.models.user import User, UserStatus
from src.app.user.models.withdrawal import Withdrawal

__all__ = ["Address", "Consent", "RetiredLoginId", "User", "UserMemo", "UserStatus", "Withdrawal"]
