"""Money: fen inside, Decimal yuan outside, and capital words (大写) on paper."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_LARGEST = 10**16


def fen(amount: Decimal) -> int:
    """Whole fen of an amount of yuan; more than two decimals are refused, never cut."""
    if not isinstance(amount, Decimal):
        raise TypeError(f"an amount is a Decimal, not {type(amount).__name__}")
    if not amount.is_finite():
        raise ValueError("金额不是一个数，请重新填写")
    # `scaleb` and comparison would round to the context; integer arithmetic cannot.
    sign, digits, exponent = amount.as_tuple()
    if not isinstance(exponent, int) or exponent > 32:
        raise ValueError("金额过大，请核对")
    whole = int("".join(map(str, digits)) or "0")
    if exponent >= -2:
        value = int(whole * 10 ** (exponent + 2))
    else:
        value, rest = divmod(whole, 10 ** (-2 - exponent))
        if rest:
            raise ValueError(f"金额{amount}多于两位小数，请核对到分")
    return -value if sign else value


def yuan(amount: int) -> Decimal:
    """Yuan, always with two decimals, of whole fen."""
    sign, rest = ("-", -amount) if amount < 0 else ("", amount)
    return Decimal(f"{sign}{rest // 100}.{rest % 100:02d}")


def format_yuan(amount: Decimal) -> str:
    """Figure with thousands separators and two decimals: 1,234.50."""
    return f"{yuan(fen(amount)):,.2f}"


def format_fen(amount: int) -> str:
    """Whole fen as a figure in yuan: 123450 → 1,234.50. As `format_yuan`, without the way round."""
    sign, rest = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{rest // 100:,}.{rest % 100:02d}"


def in_words(amount: Decimal, prefix: str = "") -> str:
    """Capital words of an amount of yuan: 16409.02 → 壹万陆仟肆佰零玖元零贰分.

    `prefix` is usually empty or 人民币. House style where the rules leave a choice: no 零
    between 元 and 角 (107000.53 → 壹拾万柒仟元伍角叁分), no 整 after 角.
    """
    total = fen(amount)
    if total < 0:
        prefix, total = f"{prefix}负", -total
    whole, cents = divmod(total, 100)
    if whole >= _LARGEST:
        raise ValueError("金额过大，请核对")
    jiao, odd = divmod(cents, 10)
    words = f"{_integer(whole)}元" if whole else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif odd and whole:
        words += "零"
    if odd:
        words += f"{_DIGITS[odd]}分"
    if not cents:
        words = f"{words or '零元'}整"
    return prefix + words


def _integer(whole: int) -> str:
    if whole < 10_000:
        return _group(whole)
    size, unit = (10**8, "亿") if whole >= 10**8 else (10**4, "万")
    high, low = divmod(whole, size)
    words = _integer(high) + unit
    if low:
        words += ("零" if low < size // 10 else "") + _integer(low)
    return words


def _group(group: int) -> str:
    words = ""
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and group % 10**place and not words.endswith("零"):
            words += "零"
    return words
