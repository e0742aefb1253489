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

  func load(_ cloud: ParticleCloud) {
    count = cloud.positions.count
    guard count > 0 else { return }
    device.upload(cloud.positions, to: positions, GL_ARRAY_BUFFER, isChanging: true)
    hasField = cloud.scalars.count == count
    let values = hasField ? cloud.scalars : [Float](repeating: 0, count: count)
    device.upload(values, to: scalars, GL_ARRAY_BUFFER, isChanging: true)
  }

  func draw() {
    guard count > 0 else { return }
    device.gl.BindVertexArray(array)
    device.gl.DrawArrays(GLenum(GL_POINTS), 0, GLsizei(count))
  }
}
