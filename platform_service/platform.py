"""Everything the routes work with, composed once by the program."""

from dataclasses import dataclass, field

from platform_service.embedding.meaning import Meaning
from platform_service.http.door import Activity
from platform_service.importing import Importer
from platform_service.ingest.pipeline import Ingest
from platform_service.keeping import Keeper
from platform_service.library import Library
from platform_service.search.lance_index import LanceIndex
from platform_service.settings import Settings
from platform_service.sql.database import Database

VERSION = "0.1.0"


@dataclass
class Platform:
    """The parts of a running service."""

    settings: Settings
    database: Database
    library: Library
    ingest: Ingest
    importer: Importer
    meaning: Meaning
    index: LanceIndex
    keeper: Keeper
    activity: Activity = field(default_factory=Activity)
