"""Sign in through Kakao, Naver and Google (docs/vendors/kakao.md, docs/vendors/naver.md, docs/vendors/google.md)."""
