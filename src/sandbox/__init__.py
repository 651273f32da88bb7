"""Simulators of the vendors the shop talks to, for local runs and tests. Imports nothing of ours."""

from src.sandbox.app import Sandbox
from src.sandbox.config import OAuthClient, SandboxConfig, SensClient

__all__ = ["OAuthClient", "Sandbox", "SandboxConfig", "SensClient"]
