"""Examples of the legal details."""

from pydantic.config import JsonDict

INFO: JsonDict = {
    "company_name": "주식회사 믹골프",
    "representative": "김대표",
    "business_number": "123-45-67891",
    "mail_order_number": "제2026-서울강남-01234호",
    "address": "서울특별시 강남구 테헤란로 1",
    "phone": "02-1234-5678",
    "email": "help@micgolf.example",
    "opening_hours": "평일 10:00~17:00 (점심 12:00~13:00)",
    "privacy_officer": "이보호",
    "privacy_officer_email": "privacy@micgolf.example",
    "hosting_provider": "Micgolf Cloud",
    "safety_name": "서울보증보험 쇼핑몰보증보험",
    "safety_url": "https://insurance.example.com/check/1234567891",
}
