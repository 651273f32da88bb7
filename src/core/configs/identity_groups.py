"""Settings of identity: keys for stored secrets, messages, social providers. See `groups` for how they are read."""

from typing import Literal

from pydantic import Field

from src.core.configs.alimtalk_buttons import ButtonSets, read_buttons
from src.core.configs.groups import Group, Seconds, Words

# Names that members would take for the shop. The last ones are Korean words for an operator, in Latin letters.
RESERVED: tuple[str, ...] = (
    "admin",
    "administrator",
    "sysadmin",
    "superuser",
    "superadmin",
    "root",
    "system",
    "support",
    "help",
    "helpdesk",
    "info",
    "contact",
    "official",
    "operator",
    "operation",
    "moderator",
    "manager",
    "master",
    "webmaster",
    "hostmaster",
    "postmaster",
    "abuse",
    "security",
    "service",
    "customer",
    "customerservice",
    "cs",
    "staff",
    "owner",
    "noreply",
    "mailer-daemon",
    "nobody",
    "anonymous",
    "null",
    "undefined",
    "micgolf",
    "gwanrija",
    "gwanlija",
    "unyeongja",
)


class IdentitySettings(Group):
    """Keys, periods and the address of the front end. Periods and limits are in seconds.

    `front_url` is the base of links in messages and the address to which providers send the browser back; a Host header
    is never used. `data_key` encrypts stored secrets (second factors, provider tokens) and keys the hashes of codes;
    `old_data_keys` still decrypt. A new login id must not equal or resemble one of `reserved_login_ids`. For `verify_*`
    see `Settings.verification`.
    """

    front_url: str = Field("http://localhost:5173", alias="FRONT_URL")
    data_key: str = Field("local-data-key-only-for-development-use", alias="DATA_KEY", min_length=16)
    old_data_keys: Words = Field((), alias="OLD_DATA_KEYS")
    reserved_login_ids: Words = Field(RESERVED, alias="RESERVED_LOGIN_IDS")
    verify_phone: Literal["", "off", "optional", "required"] = Field("", alias="VERIFY_PHONE")
    verify_email: Literal["", "off", "optional", "required"] = Field("", alias="VERIFY_EMAIL")
    code_seconds: Seconds = Field(180, alias="VERIFICATION_CODE_SECONDS")
    code_tries: int = Field(5, alias="VERIFICATION_CODE_TRIES", ge=1, le=20)
    confirmed_seconds: Seconds = Field(1800, alias="VERIFICATION_CONFIRMED_SECONDS")
    reset_seconds: Seconds = Field(1800, alias="PASSWORD_RESET_SECONDS")
    reauthentication_seconds: Seconds = Field(600, alias="REAUTHENTICATION_SECONDS")
    withdrawal_grace_seconds: Seconds = Field(14 * 86_400, alias="WITHDRAWAL_GRACE_SECONDS")
    absolute_session_seconds: Seconds = Field(60 * 86_400, alias="SESSION_ABSOLUTE_SECONDS")
    staff_idle_seconds: Seconds = Field(3600, alias="STAFF_SESSION_IDLE_SECONDS")
    staff_absolute_seconds: Seconds = Field(12 * 3600, alias="STAFF_SESSION_ABSOLUTE_SECONDS")
    refresh_repeat_seconds: int = Field(30, alias="REFRESH_REPEAT_SECONDS", ge=0, le=3600)
    new_token_within_seconds: Seconds = Field(120, alias="NEW_TOKEN_WITHIN_SECONDS")


class MessageSettings(Group):
    """Mail by SMTP or into the sandbox's inbox; SMS and AlimTalk by NCP SENS. ``MAIL_ADAPTER`` unset: sandbox where it
    is on.

    `alimtalk_templates` maps templates to approved codes, as in ``order_paid=OP01``; other templates are sent by SMS.
    `alimtalk_buttons` holds the approved buttons of templates as JSON (`alimtalk_buttons.read_buttons`). `ad_*` is the
    text that every advertisement must contain: the sender and how to refuse it free of charge. Test messages go to
    `admin_*`. `mails_before_proof` limits the mails in 24 hours to an unverified address whose owner did not ask for
    them by paying. `keep_days` is how long address and text stay in the delivery log; records of advertising are kept
    for 6 months (184 days).
    """

    mail_adapter: Literal["", "smtp", "sandbox"] = Field("", alias="MAIL_ADAPTER")
    mail_from: str = Field("no-reply@micgolf.example", alias="MAIL_FROM")
    smtp_host: str = Field("127.0.0.1", alias="SMTP_HOST")
    smtp_port: int = Field(587, alias="SMTP_PORT", ge=1, le=65535)
    smtp_user: str = Field("", alias="SMTP_USER")
    smtp_password: str = Field("", alias="SMTP_PASSWORD")
    smtp_security: Literal["none", "starttls", "tls"] = Field("starttls", alias="SMTP_SECURITY")
    smtp_timeout_seconds: float = Field(10.0, alias="SMTP_TIMEOUT_SECONDS", gt=0)
    sens_base_url: str = Field("", alias="SENS_BASE_URL")
    sens_access_key: str = Field("local-sens-access-key", alias="SENS_ACCESS_KEY")
    sens_secret_key: str = Field("local-sens-secret-key", alias="SENS_SECRET_KEY")
    sens_service_id: str = Field("ncp:sms:kr:000000000000:sandbox", alias="SENS_SERVICE_ID")
    sens_sender: str = Field("0200000000", alias="SENS_SENDER")
    alimtalk_service_id: str = Field("", alias="SENS_ALIMTALK_SERVICE_ID")
    alimtalk_channel: str = Field("", alias="SENS_ALIMTALK_CHANNEL", pattern=r"^(@.{1,50})?$")
    alimtalk_templates: Words = Field((), alias="SENS_ALIMTALK_TEMPLATES")
    alimtalk_buttons: str = Field("", alias="SENS_ALIMTALK_BUTTONS")
    ad_sender: str = Field("믹골프", alias="AD_SENDER", min_length=1, max_length=40)
    ad_contact: str = Field("", alias="AD_CONTACT", max_length=40)
    ad_opt_out_phone: str = Field("", alias="AD_OPT_OUT_PHONE", max_length=20)
    admin_email: str = Field("", alias="ADMIN_EMAIL")
    admin_phone: str = Field("", alias="ADMIN_PHONE")
    keep_days: int = Field(184, alias="MESSAGE_KEEP_DAYS", ge=1, le=3650)
    mails_before_proof: int = Field(3, alias="MAILS_BEFORE_PROOF", ge=0, le=1000)
    deposit_reminder_seconds: Seconds = Field(12 * 3600, alias="DEPOSIT_REMINDER_SECONDS")

    @property
    def has_sens(self) -> bool:
        """True if SENS is set up: every value is set and the key is not the sandbox's."""
        parts = (self.sens_access_key, self.sens_secret_key, self.sens_service_id, self.sens_sender)
        return all(parts) and not self.sens_access_key.startswith("local-")

    @property
    def has_smtp(self) -> bool:
        """True if a mail server is set. The default address alone does not count."""
        is_named = "smtp_host" in self.model_fields_set or self.mail_adapter == "smtp"
        return bool(self.smtp_host) and self.mail_adapter != "sandbox" and is_named

    @property
    def alimtalk_codes(self) -> dict[str, str]:
        """Return the approved template code of each template that has one. Raises ValueError for a malformed pair."""
        pairs = [pair.partition("=") for pair in self.alimtalk_templates]
        if any(not name or not code for name, _, code in pairs):
            raise ValueError("SENS_ALIMTALK_TEMPLATES must read template=code,template=code")
        return {name: code for name, _, code in pairs}

    @property
    def alimtalk_button_sets(self) -> ButtonSets:
        """Return the buttons of each template that has some, in the form of SENS. Raises ValueError for buttons that
        SENS would refuse.
        """
        return read_buttons(self.alimtalk_buttons)


class SocialSettings(Group):
    """Kakao, Naver and Google. The defaults are the sandbox's clients; an empty id switches a provider off."""

    kakao_client_id: str = Field("local-kakao-client", alias="KAKAO_CLIENT_ID")
    kakao_client_secret: str = Field("local-kakao-secret", alias="KAKAO_CLIENT_SECRET")
    kakao_admin_key: str = Field("local-kakao-admin-key", alias="KAKAO_ADMIN_KEY")
    naver_client_id: str = Field("local-naver-client", alias="NAVER_CLIENT_ID")
    naver_client_secret: str = Field("local-naver-secret", alias="NAVER_CLIENT_SECRET")
    google_client_id: str = Field("local-google-client", alias="GOOGLE_CLIENT_ID")
    google_client_secret: str = Field("local-google-secret", alias="GOOGLE_CLIENT_SECRET")
    connect_seconds: float = Field(5.0, alias="OAUTH_CONNECT_SECONDS", gt=0)
    read_seconds: float = Field(10.0, alias="OAUTH_READ_SECONDS", gt=0)
    state_seconds: Seconds = Field(600, alias="OAUTH_STATE_SECONDS")
