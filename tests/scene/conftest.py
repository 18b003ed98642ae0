"""How long the property tests of the scene may look."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "scene", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("scene")
