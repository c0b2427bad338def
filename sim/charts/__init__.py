"""Charts: a stored table in, a figure out; nothing here runs the model.

`draw(directory)` writes all of them. A new chart is one new file in this folder with one function under `@chart`.
"""

from sim.charts.draw import Written, draw
from sim.charts.registry import Chart, NoData, chart, charts
from sim.charts.setting import STYLES, Setting

__all__ = ["STYLES", "Chart", "NoData", "Setting", "Written", "chart", "charts", "draw"]
