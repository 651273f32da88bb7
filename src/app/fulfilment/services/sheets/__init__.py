"""송장 일괄등록: sheets of tracking numbers in our layout, Naver's and Cafe24's."""
