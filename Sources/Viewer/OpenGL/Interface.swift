// ImGui with our fonts: turns flat pictures and panels into triangles, and draws them.
//
// Pixels inside: places of a `Picture` are multiplied by `scale`, the pixels of a point.

import CImGui
import COpenGL

final class Interface {
  let ui: OpaquePointer
  let scale: Double
  /// The fonts are missing; text comes in ImGui's own, without Greek and arrows.
  let usesFallbackFont: Bool
  private let device: GraphicsDevice
  private let program: ShaderProgram
  private var atlas: GLuint = 0
  private let array: GLuint
  private let vertices: GLuint
  private let indices: GLuint
  private var size = Spot(1, 1)

  init(_ device: GraphicsDevice, scale: Double) throws(ViewerError) {
    (self.device, self.scale) = (device, scale)
    let sizes = Typeface.allCases.map { Float(($0.size * scale).rounded(.toNearestOrEven)) }
    var isFallback = false
    guard
      let ui = ui_open(Fonts.path(isBold: false), Fonts.path(isBold: true), sizes, &isFallback)
    else {
      throw ViewerError(.openGL, "no memory for the interface", remedy: "close other programs")
    }
    (self.ui, usesFallbackFont) = (ui, isFallback)
    program = try ShaderProgram(
      device, name: "flat", vertex: Shaders.flatVertex, fragment: Shaders.flatFragment)
    array = device.vertexArray()
    vertices = device.buffer()
    indices = device.buffer()
    let gl = device.gl
    gl.BindVertexArray(array)
    gl.BindBuffer(GLenum(GL_ARRAY_BUFFER), vertices)
    gl.BindBuffer(GLenum(GL_ELEMENT_ARRAY_BUFFER), indices)
    for (place, offset) in [(GLuint(0), 0), (1, 8)] {
      gl.EnableVertexAttribArray(place)
      gl.VertexAttribPointer(
        place, 2, GLenum(GL_FLOAT), GLboolean(GL_FALSE), 20, UnsafeRawPointer(bitPattern: offset))
    }
    gl.EnableVertexAttribArray(2)
    gl.VertexAttribPointer(
      2, 4, GLenum(GL_UNSIGNED_BYTE), GLboolean(GL_TRUE), 20, UnsafeRawPointer(bitPattern: 16))
    gl.BindVertexArray(0)
    loadAtlas()
  }

  deinit {
    ui_close(ui)
    var array = array
    device.gl.DeleteVertexArrays(1, &array)
    device.gl.DeleteBuffers(2, [vertices, indices])
    device.gl.DeleteTextures(1, &atlas)
  }

  private func loadAtlas() {
    let gl = device.gl
    var (width, height): (Int32, Int32) = (0, 0)
    let pixels = ui_atlas(ui, &width, &height)
    gl.GenTextures(1, &atlas)
    gl.BindTexture(GLenum(GL_TEXTURE_2D), atlas)
    gl.PixelStorei(GLenum(GL_UNPACK_ALIGNMENT), 1)
    gl.TexImage2D(
      GLenum(GL_TEXTURE_2D), 0, GL_R8, width, height, 0, GLenum(GL_RED), GLenum(GL_UNSIGNED_BYTE),
      pixels)
    gl.TexParameteri(GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_MIN_FILTER), GL_LINEAR)
    gl.TexParameteri(GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_MAG_FILTER), GL_LINEAR)
  }

  /// Opens a frame of a size in pixels.
  func begin(width: Int, height: Int, seconds: Double, theme: Theme) {
    size = Spot(Double(max(1, width)), Double(max(1, height)))
    ui_set_dark(ui, theme.kind == .dark)
    ui_begin(ui, Float(size.x), Float(size.y), Float(seconds))
  }

  /// Draws flat shapes below the panels.
  func draw(_ picture: Picture) {
    ui_layer(false)
    for item in picture.items { draw(item) }
  }

  private func flat(_ spots: [Spot]) -> [Float] {
    spots.flatMap { [Float($0.x * scale), Float($0.y * scale)] }
  }

  private func draw(_ item: Picture.Item) {
    switch item {
    case .path(let spots, let colour, let width, let isClosed):
      let thick = Float(width * scale)
      if spots.count == 2 {
        let p = flat(spots)
        ui_line(p[0], p[1], p[2], p[3], colour.packed, thick)
      } else {
        ui_polyline(flat(spots), Int32(spots.count), colour.packed, thick, isClosed)
      }
    case .area(let spots, let colour):
      ui_polygon(flat(Interface.clockwise(spots)), Int32(spots.count), colour.packed)
    case .ring(let spot, let radius, let colour, let width):
      let p = flat([spot])
      ui_circle(p[0], p[1], Float(radius * scale), colour.packed, Float(width * scale))
    case .disc(let spot, let radius, let colour):
      let p = flat([spot])
      ui_disc(p[0], p[1], Float(radius * scale), colour.packed)
    case .panel(let spot, let extent, let colour, let radius):
      let p = flat([spot, extent])
      ui_rect(p[0], p[1], p[2], p[3], colour.packed, Float(radius * scale))
    case .text(let text, let spot, let face, let colour, let anchor):
      let font = UIFont(UInt32(face.rawValue))
      let width = Double(ui_text_width(font, text)) / scale
      let shift = anchor == .start ? 0 : anchor == .middle ? 0.5 * width : width
      // whole pixels keep the glyphs sharp
      let p = flat([spot - Spot(shift, 0)]).map { $0.rounded() }
      ui_text(font, p[0], p[1], colour.packed, text)
    }
  }

  /// ImGui's smooth edges need one sense of rotation.
  private static func clockwise(_ spots: [Spot]) -> [Spot] {
    var area = 0.0
    for (a, b) in zip(spots, spots.dropFirst() + spots.prefix(1)) { area += a.x * b.y - b.x * a.y }
    return area < 0 ? spots.reversed() : spots
  }

  /// Closes the frame and draws it into the framebuffer that is bound.
  func end() throws(ViewerError) {
    let frame = ui_end(ui)
    guard frame.command_count > 0, let list = frame.commands, let points = frame.vertices,
      let order = frame.indices
    else { return }
    let gl = device.gl
    gl.Disable(GLenum(GL_DEPTH_TEST))
    gl.Disable(GLenum(GL_CULL_FACE))
    gl.Enable(GLenum(GL_BLEND))
    gl.BlendFuncSeparate(
      GLenum(GL_SRC_ALPHA), GLenum(GL_ONE_MINUS_SRC_ALPHA), GLenum(GL_ONE),
      GLenum(GL_ONE_MINUS_SRC_ALPHA))
    gl.Enable(GLenum(GL_SCISSOR_TEST))
    gl.Viewport(0, 0, GLsizei(size.x), GLsizei(size.y))
    program.use()
    program.set("uSize", size.x, size.y)
    program.set("uAtlas", 0)
    gl.ActiveTexture(GLenum(GL_TEXTURE0))
    gl.BindTexture(GLenum(GL_TEXTURE_2D), atlas)
    gl.BindVertexArray(array)
    gl.BindBuffer(GLenum(GL_ARRAY_BUFFER), vertices)
    gl.BufferData(
      GLenum(GL_ARRAY_BUFFER), 20 * Int(frame.vertex_count), points, GLenum(GL_STREAM_DRAW))
    gl.BufferData(
      GLenum(GL_ELEMENT_ARRAY_BUFFER), 2 * Int(frame.index_count), order, GLenum(GL_STREAM_DRAW))
    for index in 0..<Int(frame.command_count) { draw(list[index]) }
    gl.Disable(GLenum(GL_SCISSOR_TEST))
    gl.Disable(GLenum(GL_BLEND))
    gl.BindVertexArray(0)
    try device.check("drawing the interface")
  }

  private func draw(_ command: UICommand) {
    let (left, right) = (max(0, command.clip_left), min(Float(size.x), command.clip_right))
    let (top, bottom) = (max(0, command.clip_top), min(Float(size.y), command.clip_bottom))
    guard right > left, bottom > top else { return }
    device.gl.Scissor(
      GLint(left), GLint(Float(size.y) - bottom), GLsizei(right - left), GLsizei(bottom - top))
    device.gl.DrawElementsBaseVertex(
      GLenum(GL_TRIANGLES), GLsizei(command.count), GLenum(GL_UNSIGNED_SHORT),
      UnsafeRawPointer(bitPattern: 2 * Int(command.first_index)), command.base_vertex)
  }
}
