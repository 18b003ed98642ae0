"""What works with the configured models: the planner and whoever puts answers into words; rules alone without any."""

from agent.models.phrasing import Phraser
from agent.models.planner import ModelPlanner
from agent.models.routed import RoutedModels
from agent.models.settings import ModelSettings
from agent.paraphrases import Paraphrases
from agent.planner import OfflinePlanner, Planner


def planner_of(models: RoutedModels | None, settings: ModelSettings, paraphrases: Paraphrases | None = None) -> Planner:
    """Our own rules alone, or with a model behind them."""
    offline = OfflinePlanner(paraphrases)
    if models is None or not models.serves("plan"):
        return offline
    return ModelPlanner(models, settings.quality, settings.deadline_s, offline)


def phraser_of(models: RoutedModels | None, settings: ModelSettings) -> Phraser | None:
    """Words answers, where a model is there to do it."""
    if models is None or not models.serves("chat") or settings.phrase_answers == "never":
        return None
    return Phraser(models, settings.phrase_answers, settings.quality)
