"""What is said in public beside a private answer, where the house has no line of its own."""

from __future__ import annotations

_LINES = {
    "en": "Hi {{name}}, we have just written to you in private.",
    "de": "Hallo {{name}}, unsere Antwort ist gerade als private Nachricht gekommen.",
    "ru": "{{name}}, ответ только что отправлен личным сообщением.",
    "zh": "{{name}}，我们刚刚发了私信，请查收。",
    "hr": "Pozdrav {{name}}, odgovor je upravo poslan u privatnoj poruci.",
    "et": "Tere, {{name}}! Saatsime vastuse just privaatsõnumiga.",
}
"""In words that fit every form of address."""


def public_line(language: str) -> str:
    """The line in a language, in English where there is none; `{{name}}` stands for the customer's name."""
    return _LINES.get({"sr": "hr", "bs": "hr"}.get(language, language), _LINES["en"])
