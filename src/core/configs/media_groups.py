"""Settings of pictures: what may be uploaded, and where it is kept. See `groups` for how they are read."""

from pydantic import Field

from src.core.configs.groups import Group


class MediaSettings(Group):
    """A bucket switches S3-compatible storage on; without one pictures lie under ``STATE_DIR/media``.

    `endpoint_url` empty: AWS in that region. `public_url` is where browsers find the bucket; empty: the bucket itself.
    `max_pixels` bounds what a picture may unfold to in memory, `threads` how many are drawn at once by a worker.
    """

    endpoint_url: str = Field("", alias="S3_ENDPOINT_URL")
    bucket: str = Field("", alias="S3_BUCKET")
    region: str = Field("ap-northeast-2", alias="S3_REGION")
    access_key: str = Field("", alias="S3_ACCESS_KEY")
    secret_key: str = Field("", alias="S3_SECRET_KEY")
    public_url: str = Field("", alias="S3_PUBLIC_URL")
    timeout_seconds: float = Field(20.0, alias="S3_TIMEOUT_SECONDS", gt=0, le=300)
    upload_limit: int = Field(10_485_760, alias="UPLOAD_LIMIT_BYTES", ge=1024, le=104_857_600)
    max_pixels: int = Field(25_000_000, alias="UPLOAD_MAX_PIXELS", ge=10_000, le=200_000_000)
    threads: int = Field(1, alias="UPLOAD_THREADS", ge=1, le=16)

    @property
    def public_base(self) -> str:
        """What stands before a key in the address of an object."""
        if self.public_url:
            return self.public_url.rstrip("/")
        return f"{self.endpoint_url.rstrip('/') or f'https://s3.{self.region}.amazonaws.com'}/{self.bucket}"
