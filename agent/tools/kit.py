"""All tools of the agent by name; there are fifteen, and there shall not be more."""

from collections.abc import Mapping

from agent.tools.answer import ANSWER
from agent.tools.arrange import ARRANGE
from agent.tools.canvas import CANVAS
from agent.tools.choose import CHOOSE
from agent.tools.edit import EDIT
from agent.tools.exchange import EXCHANGE
from agent.tools.explain import EXPLAIN
from agent.tools.export import EXPORT
from agent.tools.navigate import NAVIGATE
from agent.tools.project import PROJECT
from agent.tools.recall import RECALL
from agent.tools.search import SEARCH
from agent.tools.select import SELECT
from agent.tools.style import STYLE
from agent.tools.tool import Tool
from agent.tools.undo import UNDO

_ALL = (SEARCH, RECALL, CHOOSE, EXCHANGE, ARRANGE, STYLE, SELECT, EDIT, NAVIGATE, EXPLAIN, ANSWER, CANVAS, PROJECT,
        EXPORT, UNDO)  # fmt: skip
TOOLS: Mapping[str, Tool] = {tool.name: tool for tool in _ALL}
