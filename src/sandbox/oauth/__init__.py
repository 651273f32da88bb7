"""Simulators of Kakao Login, Naver Login and Google Sign-In (docs/vendors/kakao.md, docs/vendors/naver.md,
docs/vendors/google.md)."""
