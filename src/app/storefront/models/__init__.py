"""Settings of the frame of every page."""

from src.app.storefront.models.setting import SettingName, StorefrontSetting

__all__ = ["SettingName", "StorefrontSetting"]
