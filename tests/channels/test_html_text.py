"""The HTML of statuses as text: what readers see, and what must not hurt."""

from __future__ import annotations

import pytest

from careconsole.channels.mastodon.html_text import CUT_MARK, HTML_LIMIT, html_to_text

CARD = (
    '<span class="h-card" translate="no"><a href="https://other.example/@bob" class="u-url mention">'
    "@<span>bob</span></a></span>"
)
SHORTENED = (
    '<a href="https://shop.example/orders/4711/track?lang=en" rel="nofollow noopener" target="_blank">'
    '<span class="invisible">https://</span><span class="ellipsis">shop.example/orders/4711/trac</span>'
    '<span class="invisible">k?lang=en</span></a>'
)
HANDLES = {"https://other.example/@bob": "bob@other.example", "https://care.test/@care": "care"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one<br>two<br/>three<br />four</p>", "one\ntwo\nthree\nfour"),
        ("plain\n  text\twith   spaces", "plain text with spaces"),
        (
            "<p>a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; &nbsp;&eacute;&#x1F600;</p>",
            "a <b> & \"c\" 'd' \xa0é😀",
        ),
        ("&#xD800;&#0;&#1114112;", "\ufffd\ufffd\ufffd"),
        (f"<p>{CARD} hi</p>", "@bob@other.example hi"),
        ('<p><a class="mention" href="https://gone.example/@x">@x</a> hi</p>', "@x hi"),
        ('<p><a href="https://care.test/@care">@<b>care</b></a>!</p>', "@care!"),
        (
            '<p><a class="mention hashtag" href="https://care.test/tags/late">#<span>late</span></a></p>',
            "#late",
        ),
        (f"<p>see {SHORTENED}, please</p>", "see https://shop.example/orders/4711/track?lang=en, please"),
        (
            '<a href="https://shop.example/orders/4711">shop.example/ord\u2026</a>',
            "https://shop.example/orders/4711",
        ),
        ('<a href="https://shop.example/">shop.example</a>', "https://shop.example/"),
        (
            '<a href="https://evil.example/">https://bank.example</a>',
            "https://bank.example (https://evil.example/)",
        ),
        ('<a href="https://a.example/x">the form</a>', "the form (https://a.example/x)"),
        ('<a href="https://a.example/x"></a>', "https://a.example/x"),
        ('<a href="javascript:alert(1)">press</a> <a>here</a>', "press here"),
        ('<a href="//[bad">odd</a>', "odd"),
        ('<p>seen<span class="invisible"> unseen</span></p>', "seen"),
        ("<p>a</p><script>evil('<p>')</script><style>p{}</style><p>b</p>", "a\n\nb"),
        ("a<!-- no --> b<!doctype x><?xml y?> c<![CDATA[d]]> e<![if x]>", "a b c e"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<ol><li>one</li><li>two<ul><li>in</li></ul></li></ol>", "1. one\n2. two\n- in"),
        ("<pre><code>if x:\n    y</code></pre>", "if x:\n    y"),
        ("<blockquote><p>said</p></blockquote><p>yes</p>", "said\n\nyes"),
        ('<p>ok <img class="emoji" alt=":ok:" src="https://x.example/ok.png"></p>', "ok :ok:"),
        ("a < b and c > d", "a < b and c > d"),
        ("<3 you", "<3 you"),
        ("<p>unclosed <b>bold <i>both", "unclosed bold both"),
        ("</p></p>stray</div>", "stray"),
        ("<a href='https://x.example/?a=1&amp;b=2'>x.example/?a=1&amp;b=2</a>", "https://x.example/?a=1&b=2"),
        ('<a href="x', '<a href="x'),
        ("<p>one</p>\n\n<p> </p>\n<p>two</p>", "one\n\ntwo"),
        ("\x1b[31m<b>red</b>\x00", "\x1b[31mred\x00"),
    ],
)
def test_html_reads_as_people_see_it(html: str, text: str) -> None:
    assert html_to_text(html, HANDLES) == text


BOMBS = {
    "unclosed tags": "<a " * 33_000,
    "unclosed comments": "<!--" * 25_000,
    "declarations": "<!" * 50_000,
    "closing tags": "</" * 50_000,
    "sections": "<![" * 33_000,
    "instructions": "<?" * 50_000,
    "nested": "<b>" * 33_000 + "x",
    "nested, wrongly closed": "<b>" * 16_000 + "</i>" * 12_000,
    "lists": "<ol>" + "<ul><li>x" * 11_000,
    "open quotes": "<a x='" * 16_000,
    "attributes": "<a " + "x=1 " * 24_000 + ">y",
    "classes": "<span class='" + "a " * 49_000 + "'>x",
    "entities": "&#" * 50_000,
    "lines": "<br>" * 25_000,
    "newlines": "\n" * 100_000,
    "script": "<script>" + "</" * 49_000,
    "too long": "word " * 1_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_html_takes_longer_than_a_test_may(name: str) -> None:
    text = html_to_text(BOMBS[name])
    assert len(text) <= 2 * HTML_LIMIT


def test_what_is_cut_says_so() -> None:
    text = html_to_text("<p>" + "x" * HTML_LIMIT)
    assert text.endswith(CUT_MARK)
    assert not html_to_text("x" * HTML_LIMIT).endswith(CUT_MARK)
