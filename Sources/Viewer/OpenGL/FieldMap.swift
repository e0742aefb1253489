// Viridis as a texture of 256 colours.

import COpenGL

final class FieldMap {
  private let device: GraphicsDevice
  private var texture: GLuint = 0

  init(_ device: GraphicsDevice) {
    self.device = device
    let gl = device.gl
    var bytes: [UInt8] = []
    for index in 0..<256 {
      let c = Palette.field(Double(index) / 255)
      bytes += [c.red, c.green, c.blue, 1].map { UInt8($0 * 255 + 0.5) }
    }
    gl.GenTextures(1, &texture)
    gl.BindTexture(GLenum(GL_TEXTURE_2D), texture)
    gl.TexImage2D(
      GLenum(GL_TEXTURE_2D), 0, GL_RGBA8, 256, 1, 0, GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE),
      bytes)
    for (name, value) in [
      (GL_TEXTURE_MIN_FILTER, GL_LINEAR), (GL_TEXTURE_MAG_FILTER, GL_LINEAR),
      (GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE), (GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE),
    ] {
      gl.TexParameteri(GLenum(GL_TEXTURE_2D), GLenum(name), value)
    }
  }

  deinit { device.gl.DeleteTextures(1, &texture) }

  func bind(unit: Int) {
    device.gl.ActiveTexture(GLenum(GL_TEXTURE0 + Int32(unit)))
    device.gl.BindTexture(GLenum(GL_TEXTURE_2D), texture)
  }
}
