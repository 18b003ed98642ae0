"""VTK as the viewport uses it: arrays, textures, quads, shaders, windows."""
