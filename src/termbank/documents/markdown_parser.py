"""markdown-it with a memory of where everything stood: its own tokens know their lines, not their offsets."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt, rules_block, rules_inline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from termbank.documents import limits

_FOOTNOTE = re.compile(r"\[\^[^\]\s\[]{1,100}\]")
_REMARK = re.compile(r"\[(?://|comment|#)\]:[ \t]*(?:#|<#?>)[ \t]*[(\"'](.*)[)\"'][ \t]*\Z")

Inline = Callable[[StateInline, bool], bool]
Block = Callable[[StateBlock, int, int, bool], bool]


@cache
def parser() -> MarkdownIt:
    """Return a parser of CommonMark with the tables and strikethrough of GFM, and footnotes.

    Each `inline` token has in `meta["lines"]` where its lines start and end in the source, without what stands before
    them (marks of lists and quotations). Each of its children that is no plain text has in `meta["span"]` where it
    stands in the content of the token; of a link it is first the bracket, then all from the second bracket on.

    Blocks that are nested too deep raise a RecursionError: markdown-it itself would leave out all that follows.
    """
    markdown = MarkdownIt("commonmark", {"maxNesting": limits.NESTING + 2}).enable(["table", "strikethrough"])
    markdown.disable(["fragments_join", "text_join", "text_collapse"], ignoreInvalid=True)
    block = markdown.block.ruler
    block.before("table", "too-deep", _too_deep)
    block.at("table", _with_lines(rules_block.table), {"alt": ["paragraph", "reference"]})
    block.at("heading", _with_lines(rules_block.heading), {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("lheading", _with_lines(rules_block.lheading))
    block.at("paragraph", _with_lines(rules_block.paragraph))
    block.at("reference", _reference)
    inline = markdown.inline.ruler
    for name, rule in (
        ("newline", rules_inline.newline),
        ("escape", rules_inline.escape),
        ("backticks", rules_inline.backtick),
        ("autolink", rules_inline.autolink),
        ("html_inline", rules_inline.html_inline),
        ("entity", rules_inline.entity),
        ("image", rules_inline.image),
    ):
        inline.at(name, _with_span(rule))
    inline.at("link", _link)
    inline.at("emphasis", _with_delimiters(rules_inline.emphasis.tokenize))
    inline.at("strikethrough", _with_delimiters(rules_inline.strikethrough.tokenize))
    inline.before("link", "footnote", _with_span(_footnote))
    return markdown


def _too_deep(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    if state.level >= limits.NESTING:
        raise RecursionError("blocks are nested too deep")
    return False


def _with_lines(rule: Any) -> Block:
    def run(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        before = len(state.tokens)
        done: bool = rule(state, first, last, silent)
        if done and not silent:
            for token in state.tokens[before:]:
                if token.type == "inline" and token.map:
                    token.meta["lines"] = [
                        (state.bMarks[line] + state.tShift[line], state.eMarks[line]) for line in range(*token.map)
                    ]
        return done

    return run


def _with_span(rule: Any) -> Inline:
    """Remember for the tokens of a rule the whole of what it read."""

    def run(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        done: bool = rule(state, silent)
        if done and not silent:
            for token in state.tokens[before:]:
                if token.type != "text":  # text that was pending, or stands between the ends of an autolink
                    token.meta["span"] = (start, state.pos)
        return done

    return run


def _with_delimiters(rule: Any) -> Inline:
    """Remember for each delimiter, which is a text of its own until its partner is found, where it stands."""

    def run(state: StateInline, silent: bool) -> bool:
        start = state.pos
        done: bool = rule(state, silent)
        if done and not silent:
            end = state.pos
            for token in reversed(state.tokens):
                if end <= start:
                    break
                token.meta["span"] = (end - len(token.content), end)
                end -= len(token.content)
        return done

    return run


def _link(state: StateInline, silent: bool) -> bool:
    start, tokens = state.pos, state.tokens
    before = len(tokens)
    done: bool = rules_inline.link(state, silent)
    if done and not silent:
        opening = next(token for token in tokens[before:] if token.type == "link_open")
        opening.meta["span"] = (start, start + 1)
        tokens[-1].meta["span"] = (-1, state.pos)  # from wherever the text of the link ends
    return done


def _footnote(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("footnote_reference", "", 0)
    state.pos = match.end()
    return True


def _reference(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Leave the text of a footnote to be a paragraph, and keep the comments that are written as references."""
    start = state.bMarks[first] + state.tShift[first]
    if state.src.startswith("[^", start):
        return False
    done: bool = rules_block.reference(state, first, last, silent)
    if done and not silent and (match := _REMARK.match(state.src, start, state.eMarks[first])):
        state.push("remark", "", 0).content = f"<!--{match[1]}-->"
    return done
