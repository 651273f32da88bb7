"""Codes and tokens issued by the auth domain, and links to social providers."""

from src.app.auth.models.password_reset import PasswordReset
from src.app.auth.models.social_account import SocialAccount
from src.app.auth.models.verification import Verification

__all__ = ["PasswordReset", "SocialAccount", "Verification"]
