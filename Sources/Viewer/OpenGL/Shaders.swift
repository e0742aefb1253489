// What the graphics card computes.
//
// Colours come in sRGB, are lit in linear light and leave in sRGB. One key light with a shadow
// map (percentage-closer filtering, Reeves, Salesin & Cook 1987), light from sky and ground, and a
// highlight (Blinn 1977). Powers are products and roots: a processor draws these as well.

enum Shaders {
  private static let light = """
    uniform vec3 uLight;
    uniform vec3 uEye;
    uniform vec3 uUp;
    uniform mat4 uShadowMatrix;
    uniform sampler2DShadow uShadow;
    uniform int uTaps;
    uniform float uTexel;
    vec3 linear(vec3 c) { return c * (c * (c * 0.305306 + 0.682171) + 0.012523); }
    vec3 screen(vec3 c) {
      vec3 s = sqrt(max(c, 0.0)), t = sqrt(s), u = sqrt(t);
      return 0.662002687 * s + 0.684122060 * t - 0.323583601 * u - 0.022541147 * c;
    }
    float power4(float x) { x *= x; return x * x; }
    float lit(vec3 world, vec3 normal) {
      if (uTaps == 0) return 1.0;
      vec4 p = uShadowMatrix * vec4(world, 1.0);
      vec3 q = p.xyz * 0.5 + 0.5;
      if (q.x < 0.0 || q.x > 1.0 || q.y < 0.0 || q.y > 1.0 || q.z > 1.0) return 1.0;
      q.z -= 0.0008 + 0.0025 * (1.0 - max(dot(normal, uLight), 0.0));
      if (uTaps == 1) return texture(uShadow, q);
      float sum = 0.0;
      int reach = uTaps == 4 ? 1 : 2;
      for (int i = -reach; i <= reach; i += (uTaps == 4 ? 2 : 1))
        for (int j = -reach; j <= reach; j += (uTaps == 4 ? 2 : 1))
          sum += texture(uShadow, q + vec3(vec2(i, j) * uTexel * 0.8, 0.0));
      return sum / (uTaps == 4 ? 4.0 : 25.0);
    }
    vec3 shade(vec3 base, vec3 n, vec3 world, float open) {
      vec3 v = normalize(uEye - world);
      float key = max(dot(n, uLight), 0.0) * open;
      float sky = 0.5 + 0.5 * dot(n, uUp);
      float s = power4(power4(max(dot(n, normalize(uLight + v)), 0.0)));
      float spec = s * s * s * open;
      float rim = power4(1.0 - max(dot(n, v), 0.0));
      vec3 ambient = mix(vec3(0.20, 0.19, 0.18), vec3(0.42, 0.45, 0.50), sky);
      vec3 c = base * (ambient + key * vec3(0.86, 0.83, 0.78));
      return c + 0.16 * spec + 0.05 * rim * sky;
    }
    """

  static let bodyVertex = """
    layout(location = 0) in vec3 aPosition;
    layout(location = 1) in vec3 aNormal;
    layout(location = 2) in vec4 aModel0;
    layout(location = 3) in vec4 aModel1;
    layout(location = 4) in vec4 aModel2;
    layout(location = 5) in vec4 aModel3;
    layout(location = 6) in vec4 aColour;
    layout(location = 7) in vec4 aExtra;
    layout(location = 8) in float aScalar;
    uniform mat4 uView;
    uniform mat4 uProjection;
    out vec3 vWorld;
    out vec3 vNormal;
    out vec3 vLocal;
    flat out vec4 vColour;
    flat out vec4 vExtra;
    out float vScalar;
    void main() {
      mat4 model = mat4(aModel0, aModel1, aModel2, aModel3);
      vec4 world = model * vec4(aPosition, 1.0);
      vWorld = world.xyz;
      vNormal = mat3(model) * (aNormal / (aExtra.xyz * aExtra.xyz));
      vLocal = aPosition;
      vColour = aColour;
      vExtra = aExtra;
      vScalar = aScalar;
      gl_Position = uProjection * uView * world;
    }
    """

  static let bodyFragment =
    light + """

      in vec3 vWorld;
      in vec3 vNormal;
      in vec3 vLocal;
      flat in vec4 vColour;
      flat in vec4 vExtra;
      in float vScalar;
      uniform vec2 uField;
      uniform sampler2D uMap;
      out vec4 oColour;
      void main() {
        vec3 n = normalize(vNormal);
        vec3 base = linear(vColour.rgb);
        int kind = int(vExtra.w + 0.5);
        if (kind == 1) {
          vec3 s = sign(vLocal);
          if (s.x * s.y * s.z < 0.0) base *= 0.62;
        } else if (kind == 2) {
          vec3 gap = (1.0 - abs(vLocal)) * vExtra.xyz;
          vec3 width = max(fwidth(vLocal) * vExtra.xyz, 1e-9);
          vec3 near = clamp(1.6 - gap / width, 0.0, 1.0);
          float edge = max(max(min(near.x, near.y), min(near.y, near.z)), min(near.x, near.z));
          base *= 1.0 - 0.55 * edge;
        } else if (kind == 3) {
          base = linear(texture(uMap, vec2((vScalar - uField.x) * uField.y, 0.5)).rgb);
        }
        float open = lit(vWorld, n);
        oColour = vec4(screen(shade(base, n, vWorld, open)), vColour.a);
      }
      """

  static let floorFragment =
    light + """

      in vec3 vWorld;
      in vec3 vNormal;
      in vec3 vLocal;
      flat in vec4 vColour;
      flat in vec4 vExtra;
      uniform vec4 uGrid;
      uniform float uStep;
      uniform vec3 uCentre;
      uniform float uReach;
      uniform vec4 uHorizon;
      uniform bool uIsOpaque;
      out vec4 oColour;
      float lines(vec2 p, float width) {
        vec2 d = fwidth(p);
        vec2 g = abs(fract(p - 0.5) - 0.5) / max(d, 1e-7);
        vec2 fade = 1.0 - smoothstep(0.08, 0.36, d);
        vec2 a = (1.0 - smoothstep(width - 0.5, width + 0.5, g)) * fade;
        return max(a.x, a.y);
      }
      void main() {
        vec3 n = normalize(vNormal);
        vec2 p = vLocal.xy * vExtra.xy;
        float far = length(vWorld - uCentre);
        float fade = 1.0 - smoothstep(0.25 * uReach, uReach, far);
        float thin = lines(p / uStep, 0.6);
        float bold = lines(p / (5.0 * uStep), 1.1);
        float line = max(0.55 * thin, bold);
        float open = lit(vWorld, n);
        vec3 base = mix(vColour.rgb, uGrid.rgb, line * uGrid.a);
        vec3 c = base * (0.70 + 0.33 * open);
        float alpha = vColour.a > 0.0 ? vColour.a : 0.8 * line + 0.35 * (1.0 - open);
        oColour = uIsOpaque ? vec4(mix(uHorizon.rgb, c, fade), 1.0) : vec4(c, alpha * fade);
      }
      """

  static let shadowVertex = """
    layout(location = 0) in vec3 aPosition;
    layout(location = 2) in vec4 aModel0;
    layout(location = 3) in vec4 aModel1;
    layout(location = 4) in vec4 aModel2;
    layout(location = 5) in vec4 aModel3;
    uniform mat4 uShadowMatrix;
    void main() {
      gl_Position = uShadowMatrix * mat4(aModel0, aModel1, aModel2, aModel3) * vec4(aPosition, 1.0);
    }
    """

  static let nothing = "void main() {}\n"

  static let skyVertex = """
    uniform vec3 uForward;
    uniform vec3 uSide;
    uniform vec3 uRise;
    out vec3 vRay;
    void main() {
      vec2 p = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
      vRay = uForward + p.x * uSide + p.y * uRise;
      gl_Position = vec4(p, 0.999999, 1.0);
    }
    """

  static let skyFragment = """
    in vec3 vRay;
    uniform vec4 uTop;
    uniform vec4 uBottom;
    uniform vec3 uUp;
    out vec4 oColour;
    void main() {
      float rise = dot(normalize(vRay), uUp);
      oColour = vec4(mix(uBottom.rgb, uTop.rgb, smoothstep(0.0, 0.45, rise)), 1.0);
    }
    """

  static let particleVertex = """
    layout(location = 0) in vec3 aPosition;
    layout(location = 1) in float aScalar;
    uniform mat4 uView;
    uniform mat4 uProjection;
    uniform float uRadius;
    uniform float uPoints;
    uniform vec2 uField;
    uniform vec4 uColour;
    uniform sampler2D uMap;
    uniform bool uHasField;
    uniform vec3 uLight;
    uniform mat4 uShadowMatrix;
    uniform sampler2DShadow uShadow;
    uniform int uTaps;
    flat out float vOpen;
    flat out vec3 vBase;
    void main() {
      vec4 eye = uView * vec4(aPosition, 1.0);
      // one look into the shadow map a particle: they are small
      vOpen = 1.0;
      if (uTaps > 0) {
        vec3 q = (uShadowMatrix * vec4(aPosition + 1.3 * uRadius * uLight, 1.0)).xyz * 0.5 + 0.5;
        vOpen = textureLod(uShadow, vec3(q.xy, q.z - 0.002), 0.0);
      }
      float part = clamp((aScalar - uField.x) * uField.y, 0.0, 1.0);
      vec3 c = uHasField ? textureLod(uMap, vec2(part, 0.5), 0.0).rgb : uColour.rgb;
      vBase = c * (c * (c * 0.305306 + 0.682171) + 0.012523);
      gl_Position = uProjection * eye;
      gl_PointSize = max(1.0, uPoints * uRadius / max(gl_Position.w, 1e-9));
    }
    """

  static let particleFragment = """
    flat in float vOpen;
    flat in vec3 vBase;
    uniform vec3 uRight;
    uniform vec3 uAbove;
    uniform vec3 uToward;
    uniform vec3 uLight;
    uniform vec3 uUp;
    out vec4 oColour;
    void main() {
      vec2 p = gl_PointCoord * 2.0 - 1.0;
      float r2 = dot(p, p);
      if (r2 > 1.0) discard;
      float h = sqrt(1.0 - r2);
      vec3 n = p.x * uRight - p.y * uAbove + h * uToward;
      float key = max(dot(n, uLight), 0.0) * vOpen;
      float sky = 0.5 + 0.5 * dot(n, uUp);
      vec3 c = vBase * (mix(0.20, 0.46, sky) + 0.85 * key);
      // two square roots stand for the curve of sRGB: these are many small dots
      vec3 s = sqrt(c);
      oColour = vec4(0.70 * s + 0.30 * sqrt(s) - 0.01, 1.0);
    }
    """

  static let particleShadowVertex = """
    layout(location = 0) in vec3 aPosition;
    uniform mat4 uShadowMatrix;
    uniform float uPoints;
    void main() {
      gl_Position = uShadowMatrix * vec4(aPosition, 1.0);
      gl_PointSize = max(1.0, uPoints);
    }
    """

  static let flatVertex = """
    layout(location = 0) in vec2 aPosition;
    layout(location = 1) in vec2 aTexture;
    layout(location = 2) in vec4 aColour;
    uniform vec2 uSize;
    out vec2 vTexture;
    out vec4 vColour;
    void main() {
      vTexture = aTexture;
      vColour = aColour;
      gl_Position = vec4(
        2.0 * aPosition.x / uSize.x - 1.0, 1.0 - 2.0 * aPosition.y / uSize.y, 0.0, 1.0);
    }
    """

  static let flatFragment = """
    in vec2 vTexture;
    in vec4 vColour;
    uniform sampler2D uAtlas;
    out vec4 oColour;
    void main() { oColour = vec4(vColour.rgb, vColour.a * texture(uAtlas, vTexture).r); }
    """
}
