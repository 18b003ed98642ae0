"""Unlit actors and the few lines of shader code that combine texture, baked light, mist and floor reflection."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from viewport.graphics.quads import QuadMesh
from viewport.graphics.sheet import Sheet
from viewport.graphics.textures import Texture

_DITHER = "(fract(dot(gl_FragCoord.xy, vec2(0.754877666, 0.569840291))) - 0.5) * 0.00392156863"
"""Half a level up or down, by the sequence of M. Roberts that spreads evenly over the plane; cheaper than noise."""
_AWAY = "float away = 1.0 / max(gl_FragCoord.w, 1e-6);"
_MIST = "shown = mix(shown, mistColour, 1.0 - exp2(-mistDensity * away));"

_SHADED = """
gl_FragData[1] = vec4(seen, 1.0);
gl_FragData[2] = vec4(normalize(cross(dFdx(seen), dFdy(seen))), 1.0);
"""
"""Where the fragment is and faces in the eye's space, for the pass that shades corners; others leave it unread."""
_UNSHADED = """
gl_FragData[1] = vec4(0.0, 0.0, -10000.0, 1.0);
gl_FragData[2] = vec4(0.0, 0.0, 1.0, 1.0);
"""
"""A place so far behind what is drawn that the same pass neither shades this nor lets it shade anything."""

LIT = f"""
vec4 texel = texture(albedo, albedo_coordVCVSOutput);
vec3 shown = texel.rgb * texture(light, light_coordVCVSOutput).rgb * 2.0;
{_AWAY} {_MIST}
fragOutput0 = vec4(shown + {_DITHER}, opacity);
{_SHADED}
"""

FLOOR = f"""
vec4 texel = texture(albedo, albedo_coordVCVSOutput);
vec3 shown = texel.rgb * texture(light, light_coordVCVSOutput).rgb * 2.0;
{_AWAY} {_MIST}
float grazing = 1.0 - clamp(cameraHeight / away, 0.0, 1.0);
float mirrored = reflection * texel.a * mix(0.3, 1.0, grazing * grazing);
fragOutput0 = vec4(shown + {_DITHER}, 1.0 - mirrored);
"""

GROUND = f"""
vec4 texel = texture(albedo, albedo_coordVCVSOutput);
vec4 lamp = texture(light, light_coordVCVSOutput);
vec3 shown = texel.rgb * lamp.rgb * 2.0;
{_AWAY} {_MIST}
float grazing = 1.0 - clamp(cameraHeight / away, 0.0, 1.0);
float mirrored = reflection * texel.a * mix(0.3, 1.0, grazing * grazing);
fragOutput0 = vec4(shown + {_DITHER}, lamp.a * (1.0 - mirrored));
"""

PICTURE = f"fragOutput0 = vec4(texture(albedo, albedo_coordVCVSOutput, -0.7).rgb, opacity); {_UNSHADED}"
PIXELS = "fragOutput0 = vec4(texelFetch(albedo, ivec2(gl_FragCoord.xy), 0).rgb, 1.0);"
"""A picture laid over the window, one texel a pixel."""
_DIM = "shown * (0.06 + 0.94 * fragOutput0.r) + dot(shown, vec3(0.3, 0.59, 0.11)) * (0.24 - 0.24 * fragOutput0.r)"
"""A picture mixed with a dark grey of itself, a fifth as colourful and three tenths as bright."""
CARD = f"""
vec3 shown = texture(albedo, albedo_coordVCVSOutput).rgb;
fragOutput0 = vec4({_DIM}, opacity * fragOutput0.g);
{_UNSHADED}
"""
"""A picture whose vertex colour's red says how strong it is shown, 1 as it is and 0 dimmed to a dark grey; the green
says how much of it covers what was drawn at the same place before."""

BOARD = """
vec4 texel = texture(albedo, albedo_coordVCVSOutput);
fragOutput0 = vec4(texel.rgb / max(texel.a, 0.004), texel.a * opacity);
"""
"""Many pictures on one; where it is seen small, gaps between them count by their share."""

MIRRORED_CARD = f"""
vec3 shown = texture(albedo, albedo_coordVCVSOutput, 1.6).rgb;
shown = {_DIM};
{_AWAY} {_MIST}
fragOutput0 = vec4(shown, opacity);
{_UNSHADED}
"""
SPRITE = "fragOutput0 = texture(albedo, albedo_coordVCVSOutput) * vec4(fragOutput0.rgb, opacity);"
COLOUR = f"vec3 shown = fragOutput0.rgb; {_AWAY} {_MIST} fragOutput0 = vec4(shown + {_DITHER}, opacity); {_SHADED}"
PLAIN = f"fragOutput0 = vec4(fragOutput0.rgb + {_DITHER}, opacity); {_UNSHADED}"

VEIL = "fragOutput0 = vec4(0.0, 0.0, 0.0, 0.5);"
"""What takes no light that spills, told by its opacity."""
BACKDROP = f"fragOutput0 = vec4(fragOutput0.rgb + {_DITHER}, 1.0); {_UNSHADED}"
"""What hides nothing and is never clear, which spares the renderer a test for each pixel."""
TINT = f"fragOutput0 = vec4(fragOutput0.rgb, 1.0); {_UNSHADED}"
"""A card as a blend of its corners' colours."""

_SEEN = "vec4 projected = MCDCMatrix * vertexMC; seen = vec3(projected.xy * lens, -projected.w);"

_CLIP = """
float share = eye.y / max(eye.y + place.y, 1e-4);
vec2 crossing = mix(eye.xz, place.xz, share);
if (any(lessThan(crossing, floorLow)) || any(greaterThan(crossing, floorHigh))) discard;
"""


@dataclass(frozen=True)
class Look:
    """How a mesh is painted: fragment code, textures by sampler name, and the pass it belongs to."""

    code: str
    textures: Mapping[str, Texture | Sheet]
    translucent: bool = False
    two_sided: bool = False


def actor_for(mesh: QuadMesh, look: Look) -> vtkActor:
    """An unlit actor for a mesh."""
    return _actor(mesh.mapper, look, look.code)


def actor_again(mesh: QuadMesh, look: Look) -> vtkActor:
    """Another actor for a mesh that has one, painted otherwise."""
    mapper = vtkPolyDataMapper()
    mapper.ShallowCopy(mesh.mapper)
    mapper.SetVBOShiftScaleMethod(0)
    return _actor(mapper, look, look.code)


def mirrored_actor_for(mesh: QuadMesh, look: Look) -> vtkActor:
    """The same mesh upside down beneath the floor, seen only through the floor's own area."""
    actor = actor_again(mesh, replace(look, code=_CLIP + look.code))
    actor.SetScale(1.0, -1.0, 1.0)
    actor.GetProperty().SetBackfaceCulling(False)
    actor.GetProperty().SetFrontfaceCulling(not look.two_sided)
    shader = actor.GetShaderProperty()
    shader.AddVertexShaderReplacement("//VTK::PositionVC::Dec", True, "//VTK::PositionVC::Dec\nout vec3 place;", False)
    shader.AddVertexShaderReplacement(
        "//VTK::PositionVC::Impl", True, "//VTK::PositionVC::Impl\nplace = vertexMC.xyz;", False
    )
    shader.AddFragmentShaderReplacement("//VTK::PositionVC::Dec", True, "//VTK::PositionVC::Dec\nin vec3 place;", False)
    set_uniform(actor, "eye", (0.0, 1.6, 0.0))
    set_uniform(actor, "floorLow", (-1e6, -1e6))
    set_uniform(actor, "floorHigh", (1e6, 1e6))
    return actor


def set_uniform(actor: vtkActor, name: str, value: float | tuple[float, ...] | NDArray[np.floating]) -> None:
    """Set a number or a short vector that the actor's fragment code reads."""
    uniforms = actor.GetShaderProperty().GetFragmentCustomUniforms()
    if isinstance(value, int | float):
        uniforms.SetUniformf(name, float(value))
    elif len(value) == 2:
        uniforms.SetUniform2f(name, [float(number) for number in value])
    else:
        uniforms.SetUniform3f(name, [float(number) for number in value])


def set_lens(actor: vtkActor, lens: tuple[float, float]) -> None:
    """Tell how far to the side and up the picture reaches at a distance of one."""
    actor.GetShaderProperty().GetVertexCustomUniforms().SetUniform2f("lens", [float(reach) for reach in lens])


def _actor(mapper: vtkPolyDataMapper, look: Look, code: str) -> vtkActor:
    actor = vtkActor()
    actor.SetMapper(mapper)
    appearance = actor.GetProperty()
    appearance.SetLighting(False)
    appearance.SetBackfaceCulling(not look.two_sided)
    for name, texture in look.textures.items():
        appearance.SetTexture(name, texture.vtk)
        mapper.MapDataArrayToMultiTextureAttribute(name, "light_uv" if name == "light" else "uv", 0)
    marker = "//VTK::TCoord::Impl" if look.textures else "//VTK::Light::Impl"
    kept = "" if look.textures else marker + "\n"
    shader = actor.GetShaderProperty()
    shader.AddFragmentShaderReplacement(marker, True, kept + code, False)
    shader.AddVertexShaderReplacement("//VTK::Clip::Dec", True, "//VTK::Clip::Dec\nout vec3 seen;", False)
    shader.AddVertexShaderReplacement("//VTK::Clip::Impl", True, "//VTK::Clip::Impl\n" + _SEEN, False)
    shader.AddFragmentShaderReplacement("//VTK::Clip::Dec", True, "//VTK::Clip::Dec\nin vec3 seen;", False)
    set_lens(actor, (1.0, 1.0))
    if look.translucent:
        actor.ForceTranslucentOn()
    else:
        actor.ForceOpaqueOn()
    set_uniform(actor, "mistColour", (0.0, 0.0, 0.0))
    set_uniform(actor, "mistDensity", 0.0)
    set_uniform(actor, "cameraHeight", 1.6)
    set_uniform(actor, "reflection", 0.0)
    return actor
