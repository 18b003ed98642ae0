"""What an asset says in words: for the embedding as a short description, for the index as everything."""

from agent.ports.library import Asset
from platform_service.search.words import content_words

MOST_TAGS = 24


def described(asset: Asset) -> str:
    """The text to embed; empty when nothing but numbers is known of the asset."""
    title = asset.title if _says_something(asset.title) else ""
    tags = ", ".join(tag for tag in asset.tags[:MOST_TAGS] if _says_something(tag))
    parts = [part.strip().rstrip(".") for part in (title, asset.description, tags) if part.strip()]
    return ". ".join(parts)


def indexed(asset: Asset) -> str:
    """Every word of the asset, for full text."""
    name = asset.file_name.rpartition(".")[0] or asset.file_name
    texts = (asset.title, *asset.tags, asset.folder.replace("/", " "), name, asset.description, asset.creator)
    colours = dict.fromkeys(swatch.name for swatch in asset.palette)
    return " ".join(dict.fromkeys(word for text in (*texts, *colours) for word in content_words(text)))


def _says_something(text: str) -> bool:
    return any(not word.isdigit() for word in content_words(text))
