"""Rules about what a page may carry: nothing inline, no post without a token, nothing personal in a cache."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.page import Page, described


def carries_nothing_inline(page: Page) -> Iterator[str]:
    """No inline script or style, no ``style=``, no ``on…=``, no ``javascript:``."""
    for element in page.elements:
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attrib):
            yield f"inline {element.tag}"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"{name}= on {described(element)}"
            if value.strip().lower().startswith("javascript:"):
                yield f"javascript: on {described(element)}"


def posts_with_a_token(page: Page) -> Iterator[str]:
    """A form that posts to us carries one token; one that posts elsewhere must not give it away."""
    for form in page.all("form"):
        if form.attrib.get("method", "get").lower() != "post":
            continue
        tokens = [one for one in form.iter("input") if _is_token(one)]
        is_ours = "://" not in form.attrib.get("action", "")
        if len(tokens) != (1 if is_ours else 0):
            yield f"{len(tokens)} csrf_token in <form action={form.attrib.get('action', '')}>"


def loads_only_our_own(page: Page) -> Iterator[str]:
    """Scripts, styles, pictures and frames come from us, by path."""
    for element in page.elements:
        source = element.attrib.get("src") or (element.attrib.get("href") if element.tag == "link" else None)
        if source and source.startswith("data:") and element.tag in ("link", "img"):
            continue
        if source and (":" in source.partition("/")[0] or source.startswith("//")):
            yield f"third party: {described(element)} {source[:60]}"


def forbids_inline_by_policy(page: Page) -> Iterator[str]:
    """The policy starts from nothing and allows nothing unsafe."""
    if not page.headers:
        return
    policy = page.headers.get("content-security-policy", "")
    if "default-src 'none'" not in policy or "unsafe-" in policy:
        yield f"Content-Security-Policy: {policy or 'missing'}"


def stays_out_of_caches(page: Page) -> Iterator[str]:
    """What belongs to one session is not kept: it has a token, sets a cookie or varies by cookie."""
    is_personal = "set-cookie" in page.headers or "cookie" in page.headers.get("vary", "").lower()
    is_personal = is_personal or any(_is_token(one) for one in page.all("input"))
    if page.headers and is_personal and "no-store" not in page.headers.get("cache-control", ""):
        yield f"Cache-Control: {page.headers.get('cache-control', 'missing')}"


def _is_token(field: Element) -> bool:
    return field.attrib.get("name") == "csrf_token" and bool(field.attrib.get("value"))
