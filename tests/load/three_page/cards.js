// All cards as one InstancedMesh whose thumbnails are cells of one array texture; posts its frame times to the server.
import * as THREE from "three";

const began = performance.now();
const plan = await (await fetch("/plan.json")).json();
const matrices = new Float32Array(await (await fetch("/matrices.bin")).arrayBuffer());
const texels = new Uint8Array(await (await fetch("/texels.bin")).arrayBuffer());

const renderer = new THREE.WebGLRenderer({ antialias: false });
renderer.setPixelRatio(1);
renderer.setSize(plan.width, plan.height);
document.body.append(renderer.domElement);

const texture = new THREE.DataArrayTexture(texels, plan.edge, plan.edge, plan.layers);
texture.colorSpace = THREE.SRGBColorSpace;
texture.minFilter = THREE.LinearMipmapLinearFilter;
texture.magFilter = THREE.LinearFilter;
texture.generateMipmaps = true;
texture.needsUpdate = true;

const card = new THREE.PlaneGeometry(1, 1);
const number = new Float32Array(plan.count).map((_, index) => index);
card.setAttribute("number", new THREE.InstancedBufferAttribute(number, 1));
const material = new THREE.ShaderMaterial({
  glslVersion: THREE.GLSL3,
  side: THREE.DoubleSide,
  uniforms: { atlas: { value: texture }, columns: { value: plan.columns } },
  vertexShader: `
    in float number;
    uniform float columns;
    out vec3 cell;
    void main() {
      float seat = mod(number, columns * columns);
      vec2 corner = vec2(mod(seat, columns), floor(seat / columns));
      cell = vec3((corner + 0.03 + uv * 0.94) / columns, floor(number / (columns * columns)));
      gl_Position = projectionMatrix * modelViewMatrix * instanceMatrix * vec4(position, 1.0);
    }`,
  fragmentShader: `
    precision highp sampler2DArray;
    uniform sampler2DArray atlas;
    in vec3 cell;
    out vec4 colour;
    void main() { colour = vec4(texture(atlas, cell).rgb, 1.0); }`,
});
const cards = new THREE.InstancedMesh(card, material, plan.count);
cards.instanceMatrix.array.set(matrices);
cards.frustumCulled = false;
const scene = new THREE.Scene();
scene.background = new THREE.Color(0xdddddd);
scene.add(cards);

const camera = new THREE.PerspectiveCamera(55, plan.width / plan.height, 0.05, 400);
const gl = renderer.getContext();
const pixel = new Uint8Array(4);

function draw(pose) {
  const start = performance.now();
  camera.position.set(...pose.position);
  camera.lookAt(...pose.target);
  renderer.render(scene, camera);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
  return performance.now() - start;
}

draw(plan.poses[0]);
const first = performance.now() - began;
await fetch("/began", { method: "POST", body: "{}" });
const frames = [];
for (let round = 0; round < plan.rounds; round += 1) {
  for (const pose of plan.poses) {
    frames.push(draw(pose));
    if (frames.length % 6 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
const names = gl.getExtension("WEBGL_debug_renderer_info");
await fetch("/result", {
  method: "POST",
  body: JSON.stringify({
    first,
    frames,
    renderer: gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER),
    revision: THREE.REVISION,
  }),
});
