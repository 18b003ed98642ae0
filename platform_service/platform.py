"""Everything the routes work with, composed once by the program."""

from dataclasses import dataclass, field

from platform_service.embedding.meaning import Meaning
from platform_service.http.door import Activity
from platform_service.ingest.pool import DecoderPool
from platform_service.settings import Settings
from platform_service.sql.database import Database
from platform_service.tenancy import Tenancy

VERSION = "0.1.0"


@dataclass
class Platform:
    """The parts of a running service; what belongs to a tenant is behind `tenancy`."""

    settings: Settings
    database: Database
    pool: DecoderPool
    meaning: Meaning
    tenancy: Tenancy
    activity: Activity = field(default_factory=Activity)
