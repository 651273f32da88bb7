"""Which adapters a process sends with: the lifespan opens and closes them."""

from src.app.notification.services.background import finish
from src.app.notification.services.email.sandbox import SandboxMail
from src.app.notification.services.email.smtp import SmtpMail
from src.app.notification.services.phone.sens import Sens
from src.app.notification.services.senders import MailSender, Senders, senders, use_senders
from src.core.configs import Settings


def open_senders(chosen: Settings) -> None:
    """Take the adapters that the settings name. They connect at their first message."""
    sens = Sens(chosen.messages, base_url=sens_url(chosen))
    talk = sens if chosen.messages.alimtalk_service_id else None
    use_senders(Senders(mail=_mail(chosen), sms=sens, talk=talk, results=sens))


async def close_senders() -> None:
    """Wait for messages under way, as long as one may take, and close the adapters."""
    await finish()
    open_now = senders()
    use_senders(None)
    await open_now.mail.close()
    await open_now.sms.close()


def sens_url(chosen: Settings) -> str:
    """Where SENS is called: the configured address, else the sandbox, else the real service."""
    if chosen.messages.sens_base_url:
        return chosen.messages.sens_base_url.rstrip("/")
    return f"{chosen.sandbox_url}/sens" if chosen.sandbox else "https://sens.apigw.ntruss.com"


def _mail(chosen: Settings) -> MailSender:
    adapter = chosen.messages.mail_adapter or ("sandbox" if chosen.sandbox else "smtp")
    return SmtpMail(chosen.messages) if adapter == "smtp" else SandboxMail(chosen.sandbox_url)
