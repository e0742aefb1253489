// Particles as lit sprites: one point each, shaded like a ball.

import COpenGL
import Experience

final class ParticleBuffer {
  private let device: GraphicsDevice
  private let array: GLuint
  private let positions: GLuint
  private let scalars: GLuint
  private var count = 0
  private(set) var hasField = false

  init(_ device: GraphicsDevice) {
    self.device = device
    array = device.vertexArray()
    positions = device.buffer()
    scalars = device.buffer()
    let gl = device.gl
    gl.BindVertexArray(array)
    gl.BindBuffer(GLenum(GL_ARRAY_BUFFER), positions)
    gl.EnableVertexAttribArray(0)
    gl.VertexAttribPointer(0, 3, GLenum(GL_FLOAT), GLboolean(GL_FALSE), 16, nil)
    gl.BindBuffer(GLenum(GL_ARRAY_BUFFER), scalars)
    gl.EnableVertexAttribArray(1)
    gl.VertexAttribPointer(1, 1, GLenum(GL_FLOAT), GLboolean(GL_FALSE), 4, nil)
    gl.BindVertexArray(0)
  }

  deinit {
    var array = array
    device.gl.DeleteVertexArrays(1, &array)
    device.gl.DeleteBuffers(2, [positions, scalars])
  }

  /// Uploads the particles, those nearest to the eye first: what lies behind is then not shaded.
  func load(_ cloud: ParticleCloud, toward eye: SIMD3<Float>) {
    count = cloud.positions.count
    guard count > 0 else { return }
    hasField = cloud.scalars.count == count
    let order = ParticleBuffer.nearestFirst(cloud.positions, toward: eye)
    device.upload(
      order.map { cloud.positions[$0] }, to: positions, GL_ARRAY_BUFFER, isChanging: true)
    let values =
      hasField ? order.map { cloud.scalars[$0] } : [Float](repeating: 0, count: count)
    device.upload(values, to: scalars, GL_ARRAY_BUFFER, isChanging: true)
  }

  /// Sorted into 256 slices; an exact order would cost more than it saves.
  private static func nearestFirst(_ points: [SIMD3<Float>], toward eye: SIMD3<Float>) -> [Int] {
    let depths = points.map { point in -(point * eye).sum() }
    var (low, high) = (Float.infinity, -Float.infinity)
    for depth in depths where depth.isFinite { (low, high) = (min(low, depth), max(high, depth)) }
    let scale = high > low ? 255 / (high - low) : 0
    let slices = depths.map { $0.isFinite ? min(255, max(0, Int(($0 - low) * scale))) : 255 }
    var starts = [Int](repeating: 0, count: 257)
    for slice in slices { starts[slice + 1] += 1 }
    for slice in 0..<256 { starts[slice + 1] += starts[slice] }
    var order = [Int](repeating: 0, count: points.count)
    for (index, slice) in slices.enumerated() {
      order[starts[slice]] = index
      starts[slice] += 1
    }
    return order
  }

  func draw() {
    guard count > 0 else { return }
    device.gl.BindVertexArray(array)
    device.gl.DrawArrays(GLenum(GL_POINTS), 0, GLsizei(count))
  }
}
