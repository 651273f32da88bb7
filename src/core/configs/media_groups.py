"""Settings of images: upload limits and storage. See `groups` for how they are read."""

from pydantic import Field

from src.core.configs.groups import Group


class MediaSettings(Group):
    """Storage and limits of images. With a bucket they are in S3-compatible storage, else in ``STATE_DIR/media``.

    An empty `endpoint_url` means AWS in that region. `public_url` is the bucket's address for browsers; empty means the
    bucket itself. `max_pixels` limits the decoded size of an image in memory; `threads` is the number of images that
    one worker processes at once.
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
        """Prefix of a key in the public address of an object."""
        if self.public_url:
            return self.public_url.rstrip("/")
        return f"{self.endpoint_url.rstrip('/') or f'https://s3.{self.region}.amazonaws.com'}/{self.bucket}"
