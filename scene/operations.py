"""The verbs that menus, mouse and agent share: pure functions from a scene to the change that they mean."""

from scene.approval import Approval, approve
from scene.staging import stage_arrangement

__all__ = ["Approval", "approve", "stage_arrangement"]
