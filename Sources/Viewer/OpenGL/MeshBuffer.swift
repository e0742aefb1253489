// A surface on the graphics card, drawn many times at once.
//
// Layout   0 position, 1 normal, 8 scalar from the mesh; 2–5 model matrix, 6 colour, 7 scale and
//          pattern from the instances, 96 bytes each.

import COpenGL

/// One drawing of a mesh. Laid out as the shaders read it: 24 floats.
struct MeshInstance {
  enum Pattern: Float {
    /// Plain; octants that show a turn; dark edges; colours of a field.
    case plain = 0, octants, edges, field
  }
  var model: (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>)
  var colour: SIMD4<Float>
  /// Scale along the three axes of the mesh, and the pattern.
  var extra: SIMD4<Float>
}

final class MeshBuffer {
  private let device: GraphicsDevice
  private let array: GLuint
  private let names: [GLuint]
  private let instances: GLuint
  private(set) var indexCount: Int
  private let hasScalars: Bool

  init(_ device: GraphicsDevice, _ mesh: SurfaceMesh) {
    self.device = device
    array = device.vertexArray()
    names = (0..<4).map { _ in device.buffer() }
    instances = device.buffer()
    indexCount = mesh.indices.count
    hasScalars = !mesh.scalars.isEmpty
    let gl = device.gl
    gl.BindVertexArray(array)
    // SIMD3 has a stride of 16: the card skips the fourth number
    for (place, values) in [(GLuint(0), mesh.positions), (1, mesh.normals)] {
      device.upload(values.map(\.float), to: names[Int(place)], GL_ARRAY_BUFFER, isChanging: false)
      gl.EnableVertexAttribArray(place)
      gl.VertexAttribPointer(place, 3, GLenum(GL_FLOAT), GLboolean(GL_FALSE), 16, nil)
    }
    if hasScalars {
      device.upload(mesh.scalars, to: names[2], GL_ARRAY_BUFFER, isChanging: false)
      gl.EnableVertexAttribArray(8)
      gl.VertexAttribPointer(8, 1, GLenum(GL_FLOAT), GLboolean(GL_FALSE), 4, nil)
    }
    device.upload(mesh.indices, to: names[3], GL_ELEMENT_ARRAY_BUFFER, isChanging: false)
    gl.BindBuffer(GLenum(GL_ARRAY_BUFFER), instances)
    for part in 0..<6 {
      let place = GLuint(2 + part)
      gl.EnableVertexAttribArray(place)
      gl.VertexAttribPointer(
        place, 4, GLenum(GL_FLOAT), GLboolean(GL_FALSE), 96,
        UnsafeRawPointer(bitPattern: 16 * part))
      gl.VertexAttribDivisor(place, 1)
    }
    gl.BindVertexArray(0)
  }

  deinit {
    var array = array
    device.gl.DeleteVertexArrays(1, &array)
    device.gl.DeleteBuffers(GLsizei(names.count), names)
    var instances = instances
    device.gl.DeleteBuffers(1, &instances)
  }

  func draw(_ list: [MeshInstance]) {
    guard !list.isEmpty, indexCount > 0 else { return }
    let gl = device.gl
    gl.BindVertexArray(array)
    device.upload(list, to: instances, GL_ARRAY_BUFFER, isChanging: true)
    redraw(count: list.count)
  }

  /// Draws again what was uploaded last.
  func redraw(count: Int) {
    guard count > 0, indexCount > 0 else { return }
    device.gl.BindVertexArray(array)
    device.gl.DrawElementsInstanced(
      GLenum(GL_TRIANGLES), GLsizei(indexCount), GLenum(GL_UNSIGNED_INT), nil, GLsizei(count))
  }
}
