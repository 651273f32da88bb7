"""Field types of sign-up and sign-in."""

from typing import Annotated

from pydantic import Field, SecretStr, StringConstraints

GivenPassword = Annotated[SecretStr, Field(min_length=1, examples=["Golf!2345"])]
GivenLoginId = Annotated[str, StringConstraints(min_length=1, max_length=100), Field(examples=["minji.kim"])]
GivenLoginIdOrContact = Annotated[str, StringConstraints(min_length=1, max_length=254), Field(examples=["minji.kim"])]
VerificationId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,64}$", examples=["3q2-7wAAAAAAAAAAAAAAAA"])]
