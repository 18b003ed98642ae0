"""Works moved by hand: gestures from pixels to changes of the scene, and what is drawn to guide them. No Qt, no VTK."""
