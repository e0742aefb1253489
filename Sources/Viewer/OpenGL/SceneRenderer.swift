// Draws one instant of a stage into the framebuffer that is bound.
//
// Order   shadow map; bodies, particles and surfaces; level floors; sky; other floors, which fade
//         into it. Meshes stay on the card; poses travel every frame.

import COpenGL
import Experience

/// How a scene is looked at.
struct SceneView {
  var lens: Lens
  var theme: Theme
  var isWireframe = false
  /// Prop under the mouse.
  var chosen: Int?
  /// Of the picture, in pixels.
  var pixelHeight: Double
}

final class SceneRenderer {
  private let device: GraphicsDevice
  private let body: ShaderProgram
  private let floor: ShaderProgram
  private let shadow: ShaderProgram
  private let sky: ShaderProgram
  private let particle: ShaderProgram
  private let particleShadow: ShaderProgram
  private let particles: ParticleBuffer
  private let field: FieldMap
  private let empty: GLuint
  private var stage: Stage
  private var meshes: [MeshForm: MeshBuffer] = [:]
  private var shadowMap: ShadowMap?
  var quality = Quality.best {
    didSet { if quality.sides != oldValue.sides { meshes = meshes.filter { !$0.key.isRound } } }
  }

  init(_ device: GraphicsDevice, stage: Stage) throws(ViewerError) {
    (self.device, self.stage) = (device, stage)
    body = try ShaderProgram(
      device, name: "body", vertex: Shaders.bodyVertex, fragment: Shaders.bodyFragment)
    floor = try ShaderProgram(
      device, name: "floor", vertex: Shaders.bodyVertex, fragment: Shaders.floorFragment)
    shadow = try ShaderProgram(
      device, name: "shadow", vertex: Shaders.shadowVertex, fragment: Shaders.nothing)
    sky = try ShaderProgram(
      device, name: "sky", vertex: Shaders.skyVertex, fragment: Shaders.skyFragment)
    particle = try ShaderProgram(
      device, name: "particle", vertex: Shaders.particleVertex,
      fragment: Shaders.particleFragment)
    particleShadow = try ShaderProgram(
      device, name: "particle shadow", vertex: Shaders.particleShadowVertex,
      fragment: Shaders.nothing)
    particles = ParticleBuffer(device)
    field = FieldMap(device)
    empty = device.vertexArray()
  }

  deinit {
    var empty = empty
    device.gl.DeleteVertexArrays(1, &empty)
  }

  /// Another scene, with other meshes.
  func show(_ stage: Stage) {
    self.stage = stage
    meshes = [:]
  }

  private func mesh(_ form: MeshForm) -> MeshBuffer {
    if let known = meshes[form] { return known }
    let sides = quality.sides
    let surface: SurfaceMesh
    switch form {
    case .sphere: surface = .sphere(sides: sides)
    case .box: surface = .box()
    case .cylinder: surface = .cylinder(sides: sides)
    case .tube: surface = .tube(sides: 8)
    case .square: surface = .square()
    case .capsule(let r, let h): surface = .capsule(radius: r, halfLength: h, sides: sides)
    case .mesh(let index):
      surface =
        stage.meshes.indices.contains(index)
        ? SurfaceMesh(faceted: stage.meshes[index]) : SurfaceMesh()
    case .bowl: surface = SurfaceMesh.sphere(sides: 2 * sides).inward
    case .pipe: surface = SurfaceMesh.tube(sides: 2 * sides).inward
    }
    let made = MeshBuffer(device, surface)
    meshes[form] = made
    return made
  }

  func draw(_ frame: Frame, _ view: SceneView) throws(ViewerError) {
    let gl = device.gl
    let list = BodyList(
      stage: stage, frame: frame, lens: view.lens, theme: view.theme, chosen: view.chosen)
    let surfaces = frame.surfaces.map { MeshBuffer(device, SurfaceMesh(smooth: $0)) }
    particles.load(frame.particles, toward: view.lens.camera.outward.float)
    var target: GLint = 0
    var port = [GLint](repeating: 0, count: 4)
    gl.GetIntegerv(GLenum(GL_DRAW_FRAMEBUFFER_BINDING), &target)
    gl.GetIntegerv(GLenum(GL_VIEWPORT), &port)
    gl.Enable(GLenum(GL_DEPTH_TEST))
    gl.Enable(GLenum(GL_PROGRAM_POINT_SIZE))
    gl.Disable(GLenum(GL_BLEND))
    let light = Light(stage: stage, frame: frame, camera: view.lens.camera)
    if quality.shadowSize > 0 { try drawShadows(list, surfaces, frame, light) }

    gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), GLuint(target))
    gl.Viewport(port[0], port[1], port[2], port[3])
    gl.Disable(GLenum(GL_CULL_FACE))
    gl.DepthMask(GLboolean(GL_TRUE))
    gl.ClearDepth(1)
    gl.Clear(GLbitfield(GL_DEPTH_BUFFER_BIT))
    gl.Enable(GLenum(GL_CULL_FACE))
    if view.isWireframe { gl.PolygonMode(GLenum(GL_FRONT_AND_BACK), GLenum(GL_LINE)) }
    prepare(body, view, light)
    setField(body)
    for (form, instances) in list.bodies {
      // shadows were drawn from the same instances, so they lie on the card already
      let buffer = mesh(form)
      if quality.shadowSize > 0 && form.casts {
        buffer.redraw(count: instances.count)
      } else {
        buffer.draw(instances)
      }
    }
    gl.Disable(GLenum(GL_CULL_FACE))
    for (surface, mesh) in zip(surfaces, frame.surfaces) {
      surface.draw([SceneRenderer.surfaceInstance(mesh)])
    }
    gl.PolygonMode(GLenum(GL_FRONT_AND_BACK), GLenum(GL_FILL))
    drawParticles(frame, view, light)
    // what fades into the sky has to lie over it; what is opaque saves drawing the sky below
    let (opaque, clear) = split(list.floors)
    drawFloors(opaque, view, light, isOpaque: true)
    drawSky(view)
    drawFloors(clear, view, light, isOpaque: false)
    try device.check("drawing the scene")
  }

  /// Level floors, which the horizon hides the end of, and all others.
  private func split(_ floors: [MeshInstance]) -> ([MeshInstance], [MeshInstance]) {
    let up = stage.up.float
    func isLevel(_ floor: MeshInstance) -> Bool {
      let z = SIMD3(floor.model.2.x, floor.model.2.y, floor.model.2.z)
      return floor.colour.w > 0 && (z * up).sum() > 0.999
    }
    return (floors.filter(isLevel), floors.filter { !isLevel($0) })
  }

  private func drawSky(_ view: SceneView) {
    let gl = device.gl
    gl.DepthMask(GLboolean(GL_FALSE))
    sky.use()
    sky.set("uTop", view.theme.skyTop)
    sky.set("uBottom", view.theme.skyBottom)
    let camera = view.lens.camera
    let rise = tan(half: camera.angle)
    sky.set("uForward", -camera.outward)
    sky.set("uSide", camera.right * (rise * view.lens.width / view.lens.height))
    sky.set("uRise", camera.above * rise)
    sky.set("uUp", stage.up)
    gl.BindVertexArray(empty)
    gl.DrawArrays(GLenum(GL_TRIANGLES), 0, 3)
    gl.DepthMask(GLboolean(GL_TRUE))
  }

  private func drawShadows(
    _ list: BodyList, _ surfaces: [MeshBuffer], _ frame: Frame, _ light: Light
  ) throws(ViewerError) {
    if shadowMap?.size != quality.shadowSize {
      shadowMap = try ShadowMap(device, size: quality.shadowSize)
    }
    guard let shadowMap else { return }
    let gl = device.gl
    shadowMap.begin()
    gl.Disable(GLenum(GL_CULL_FACE))
    shadow.use()
    shadow.set("uShadowMatrix", light.matrix)
    for (form, instances) in list.bodies where form.casts { mesh(form).draw(instances) }
    for (surface, mesh) in zip(surfaces, frame.surfaces) {
      surface.draw([SceneRenderer.surfaceInstance(mesh)])
    }
    if !frame.particles.positions.isEmpty {
      particleShadow.use()
      particleShadow.set("uShadowMatrix", light.matrix)
      particleShadow.set(
        "uPoints", frame.particles.radius / light.radius * Double(quality.shadowSize))
      particles.draw()
    }
  }

  private static func surfaceInstance(_ mesh: TriangleMesh) -> MeshInstance {
    let hasField = mesh.scalars.count == mesh.vertices.count && !mesh.scalars.isEmpty
    return MeshInstance(
      model: (SIMD4(1, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 1, 0), SIMD4(0, 0, 0, 1)),
      colour: Palette.sky.floats,
      extra: SIMD4(
        1, 1, 1, (hasField ? MeshInstance.Pattern.field : MeshInstance.Pattern.plain).rawValue))
  }

  private func prepare(_ program: ShaderProgram, _ view: SceneView, _ light: Light) {
    program.use()
    program.set("uView", view.lens.view)
    program.set("uProjection", view.lens.projection)
    program.set("uEye", view.lens.camera.eye)
    program.set("uUp", stage.up)
    program.set("uLight", light.direction)
    program.set("uShadowMatrix", light.matrix)
    program.set("uTaps", quality.shadowTaps)
    program.set("uTexel", 1 / Double(max(1, quality.shadowSize)))
    program.set("uShadow", 1)
    program.set("uMap", 2)
    shadowMap?.bind(unit: 1)
    field.bind(unit: 2)
  }

  private func setField(_ program: ShaderProgram) {
    let (low, high) = (stage.field?.low ?? 0, stage.field?.high ?? 1)
    program.set("uField", low, high > low ? 1 / (high - low) : 0)
  }

  private func drawParticles(_ frame: Frame, _ view: SceneView, _ light: Light) {
    guard !frame.particles.positions.isEmpty else { return }
    let camera = view.lens.camera
    prepare(particle, view, light)
    setField(particle)
    particle.set("uRadius", frame.particles.radius)
    particle.set("uPoints", view.pixelHeight / tan(half: camera.angle))
    particle.set("uColour", Palette.sky)
    particle.set("uHasField", particles.hasField ? 1 : 0)
    particle.set("uRight", camera.right)
    particle.set("uAbove", camera.above)
    particle.set("uToward", camera.outward)
    particles.draw()
  }

  private func drawFloors(
    _ floors: [MeshInstance], _ view: SceneView, _ light: Light, isOpaque: Bool
  ) {
    guard !floors.isEmpty else { return }
    let gl = device.gl
    if !isOpaque {
      gl.Enable(GLenum(GL_BLEND))
      gl.BlendFunc(GLenum(GL_SRC_ALPHA), GLenum(GL_ONE_MINUS_SRC_ALPHA))
    }
    gl.Enable(GLenum(GL_CULL_FACE))
    prepare(floor, view, light)
    let camera = view.lens.camera
    floor.set("uGrid", view.theme.grid)
    floor.set("uHorizon", view.theme.skyBottom)
    floor.set("uIsOpaque", isOpaque ? 1 : 0)
    floor.set("uStep", GroundGrid.step(for: camera))
    floor.set("uCentre", camera.target)
    floor.set("uReach", 10 * max(camera.sceneRadius, 0.25 * camera.distance))
    mesh(.square).draw(floors)
    gl.Disable(GLenum(GL_CULL_FACE))
    gl.Disable(GLenum(GL_BLEND))
  }
}

extension MeshForm {
  /// Its number of sides follows the quality.
  fileprivate var isRound: Bool {
    switch self {
    case .box, .square, .mesh: false
    default: true
    }
  }
}
