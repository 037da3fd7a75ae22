"""Pictures of measures as SVG text: a trend with its doubt, bars with error bars, bars of topics.

Ink is ``currentColor``, so a picture follows the page into dark mode and forced colours; the one accent keeps
a contrast above 4 : 1 on white and on near-black, and nothing is told by colour alone. A figure resting on
too few answers is marked as such and its value is drawn nowhere. Draw one picture ``NARROW`` and one ``WIDE``
and let the style sheet show the fitting one: letters keep their size that way.
"""

from reports.bar_charts import BarRow, TopicRow, ranked_bars, topic_bars
from reports.svg import ACCENT, NARROW, WIDE
from reports.trend_chart import TrendPoint, trend

__all__ = [
    "ACCENT",
    "NARROW",
    "WIDE",
    "BarRow",
    "TopicRow",
    "TrendPoint",
    "ranked_bars",
    "topic_bars",
    "trend",
]
