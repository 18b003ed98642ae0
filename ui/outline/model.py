"""The outline's nodes as a Qt tree model."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from ui.outline.nodes import Node
from ui.style.icons import icon
from ui.style.worn import tokens

Index = QModelIndex | QPersistentModelIndex
ID_ROLE = Qt.ItemDataRole.UserRole + 1
KIND_ROLE = Qt.ItemDataRole.UserRole + 2
PINNED_ROLE = Qt.ItemDataRole.UserRole + 3
_ICONS = {"room": "cube", "wall": "rows", "group": "folder-simple", "work": "image-square", "sign": "text-t",
          "signs": "text-t", "loose": "image-square", "viewpoints": "map-pin", "viewpoint": "map-pin"}  # fmt: skip


class OutlineModel(QAbstractItemModel):
    """Two columns: the name, and a detail. Nodes are found by id."""

    def __init__(self) -> None:
        super().__init__()
        self._root = Node("", "loose", "")
        self._parent: dict[int, tuple[Node, int]] = {}
        self._by_id: dict[str, Node] = {}

    def show_nodes(self, nodes: list[Node]) -> None:
        """Replace the whole tree."""
        self.beginResetModel()
        self._root = Node("", "loose", "", children=nodes)
        self._parent, self._by_id = {}, {}
        self._adopt(self._root)
        self.endResetModel()

    def index_of(self, node_id: str) -> QModelIndex:
        """Where a node is; invalid when there is none of that id."""
        node = self._by_id.get(node_id)
        return QModelIndex() if node is None else self._index(node)

    def node(self, index: Index) -> Node:
        """The node at an index; the root for an invalid one."""
        found = index.internalPointer() if index.isValid() else self._root
        return found if isinstance(found, Node) else self._root

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """The index of a child."""
        holder = self.node(parent) if parent is not None else self._root
        if not 0 <= row < len(holder.children):
            return QModelIndex()
        return self.createIndex(row, column, holder.children[row])

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        """The index of the node above."""
        if index is None or not index.isValid():
            return QModelIndex()
        above, _ = self._parent[id(self.node(index))]
        return QModelIndex() if above is self._root else self._index(above)

    def rowCount(self, parent: Index | None = None) -> int:
        """Children of a node."""
        if parent is not None and parent.column() > 0:
            return 0
        return len((self.node(parent) if parent is not None else self._root).children)

    def columnCount(self, parent: Index | None = None) -> int:
        """Name and detail."""
        return 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the view and screen readers ask for."""
        if not index.isValid():
            return None
        node = self.node(index)
        detail = index.column() == 1
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return node.detail if detail else node.label
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{node.kind} {node.label}, {node.detail}{', pinned' if node.pinned else ''}"
            case Qt.ItemDataRole.DecorationRole if not detail:
                return icon("push-pin", "accent") if node.pinned else icon(_ICONS[node.kind], "faint")
            case Qt.ItemDataRole.ForegroundRole if detail:
                return QBrush(QColor(tokens().faint))
            case Qt.ItemDataRole.TextAlignmentRole if detail:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _ if role == ID_ROLE:
                return node.id
            case _ if role == KIND_ROLE:
                return node.kind
            case _ if role == PINNED_ROLE:
                return node.pinned
        return None

    def _adopt(self, holder: Node) -> None:
        for row, child in enumerate(holder.children):
            self._parent[id(child)] = (holder, row)
            self._by_id[child.id] = child
            self._adopt(child)

    def _index(self, node: Node) -> QModelIndex:
        return self.createIndex(self._parent[id(node)][1], 0, node)
