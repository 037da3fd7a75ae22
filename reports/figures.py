"""How a figure is written for a Vietnamese reader: 1.234 and 87,2 %."""

from decimal import Decimal

from babel.numbers import format_decimal

HARD_SPACE = "\N{NO-BREAK SPACE}"  # a number and its unit stay on one line


def whole(count: int) -> str:
    """An integer with points between the thousands: 3100 → '3.100'."""
    return str(format_decimal(count, format="#,##0", locale="vi"))


def decimal(value: Decimal) -> str:
    """A measured value with its one decimal, also when it is 0: 87.2 → '87,2', 100 → '100,0'."""
    return str(format_decimal(value, format="#,##0.0", locale="vi"))


def percent(value: Decimal) -> str:
    """A percentage as the reports write it: 87.2 → '87,2 %'."""
    return f"{decimal(value)}{HARD_SPACE}%"
