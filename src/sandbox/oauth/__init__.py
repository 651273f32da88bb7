"""Simulators of Kakao Login, Naver Login and Google Sign-In (facts page part 5)."""
