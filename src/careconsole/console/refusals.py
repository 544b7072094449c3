"""Why a reply was not sent, in a sentence for the agent."""

from __future__ import annotations

from careconsole.desk.replies import NoConversation, SendResult
from careconsole.model.conversation import Lost, Resolved
from careconsole.model.reply import TooWide


def refusal_words(sent: SendResult) -> str:
    """What stands in the way, and that the draft is kept."""
    if isinstance(sent, Lost):
        holder = f" @{sent.agent} holds it now." if sent.agent else ""
        return f"Not sent: your claim has ended.{holder} The draft is kept."
    if isinstance(sent, TooWide):
        return f"Not sent: more eyes would see it than the message answered ({sent.answered.word})."
    if isinstance(sent, Resolved):
        return "Not sent: the conversation is resolved. The draft is kept."
    if isinstance(sent, NoConversation):
        return "Not sent: the conversation is no longer there."
    return "Not sent: there is no message of the customer to answer."
