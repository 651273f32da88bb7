"""Sign in through Kakao, Naver and Google (facts page, part 5)."""
