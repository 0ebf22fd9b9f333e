"""Short ways to write definition files for the tests of this room."""

NAME = "parts/vaccination-core/v1.toml"
OVERLAY_NAME = "overlays/999999/v1.toml"
HEAD = 'code = "vaccination-core"\nversion = 1\ntitle = "きほん"\n'
SOURCE = 'source = { item = "form 2", mark = "R" }\n'


def page(code: str, *questions: str) -> str:
    return f'[[page]]\ncode = "{code}"\ntitle = "話題"\n' + "".join(questions)


def question(code: str, kind: str = "yes_no", *lines: str) -> str:
    fields = [f'code = "{code}"', f'kind = "{kind}"', 'text = "ありますか"', 'short = "有無"', *lines]
    return "[[page.question]]\n" + "\n".join(fields) + "\n" + SOURCE


def concern(code: str, asked: str, op: str = "=", value: str = '"yes"') -> str:
    when = f'when = {{ all = [ {{ question = "{asked}", op = "{op}", value = {value} }} ] }}\n'
    return f'[[concern]]\ncode = "{code}"\n{when}level = "B"\nreason = "理由"\n{SOURCE}'


def shown(asked: str, op: str = "=", value: str = '"yes"') -> str:
    return f'shown_when = {{ all = [ {{ question = "{asked}", op = "{op}", value = {value} }} ] }}'


def two(first: str, second: str) -> str:
    return f'choices = [{{ code = "{first}", text = "x" }}, {{ code = "{second}", text = "y" }}]'


def programme(code: str = "mr", parts: str = '"vaccination-core"', *rest: str) -> str:
    texts = "".join(f'{key} = "文"\n' for key in ("prevents", "effects", "serious", "watch", "relief"))
    head = f'code = "{code}"\nversion = 1\nkind = "vaccine"\nvaccine = "MR"\nparts = [{parts}]\n'
    stage = f'[[stage]]\ncode = "{code}-1"\ndose = 1\ntitle = "MR 1"\n'
    explanation = "[explanation]\n" + texts + SOURCE
    return head + 'bring = ["母子健康手帳"]\n' + SOURCE + explanation + stage + "".join(rest)


def overlay(body: str = "") -> str:
    return f'municipality = "999999"\nversion = 1\ntitle = "町の変更"\n{SOURCE}{body}'
