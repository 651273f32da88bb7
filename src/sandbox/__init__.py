"""Simulated vendors of the shop, for local runs and tests. Imports no module outside `src.sandbox`."""

from src.sandbox.app import Sandbox
from src.sandbox.config import OAuthClient, SandboxConfig, SensClient, TrackingService

__all__ = ["OAuthClient", "Sandbox", "SandboxConfig", "SensClient", "TrackingService"]
