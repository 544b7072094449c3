"""What leaves the composer to be kept: both halves as they stand, for whom, and which message they answer."""

from __future__ import annotations

from textual.message import Message

from careconsole.model.reply import Mode, ReplyTo


class Unsaved(Message):
    """The newest state of a draft, never a step."""

    def __init__(
        self,
        conversation_id: int,
        mode: Mode,
        text: str,
        cursor: int,
        line: str,
        reply_to: ReplyTo | None,
    ) -> None:
        super().__init__()
        self.conversation_id = conversation_id
        self.mode = mode
        self.text = text
        self.cursor = cursor
        self.line = line
        """The public line behind it."""
        self.reply_to = reply_to
