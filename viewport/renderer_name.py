"""Names the OpenGL renderer of this machine, for the doctor and for benchmark tables."""

from viewport.window import offscreen_window


def renderer_name() -> str:
    """For example "llvmpipe (LLVM 15.0.6, 256 bits)"; raises NoRenderer when there is none."""
    window = offscreen_window(16, 16)
    try:
        window.Render()
        lines = str(window.ReportCapabilities()).splitlines()
    finally:
        window.Finalize()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("OpenGL renderer string"))
    return next(named, "an unnamed renderer")
