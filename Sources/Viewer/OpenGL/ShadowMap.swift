// Depth as the light sees it.

import COpenGL
import Experience

final class ShadowMap {
  private let device: GraphicsDevice
  let size: Int
  private var frame: GLuint = 0
  private var texture: GLuint = 0

  init(_ device: GraphicsDevice, size: Int) throws(ViewerError) {
    (self.device, self.size) = (device, size)
    let gl = device.gl
    gl.GenTextures(1, &texture)
    gl.BindTexture(GLenum(GL_TEXTURE_2D), texture)
    gl.TexImage2D(
      GLenum(GL_TEXTURE_2D), 0, GL_DEPTH_COMPONENT24, GLsizei(size), GLsizei(size), 0,
      GLenum(GL_DEPTH_COMPONENT), GLenum(GL_UNSIGNED_INT), nil)
    for (name, value) in [
      (GL_TEXTURE_MIN_FILTER, GL_LINEAR), (GL_TEXTURE_MAG_FILTER, GL_LINEAR),
      (GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE), (GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE),
      (GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE), (GL_TEXTURE_COMPARE_FUNC, GL_LEQUAL),
    ] {
      gl.TexParameteri(GLenum(GL_TEXTURE_2D), GLenum(name), value)
    }
    gl.GenFramebuffers(1, &frame)
    gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), frame)
    gl.FramebufferTexture2D(
      GLenum(GL_FRAMEBUFFER), GLenum(GL_DEPTH_ATTACHMENT), GLenum(GL_TEXTURE_2D), texture, 0)
    gl.DrawBuffer(GLenum(GL_NONE))
    gl.ReadBuffer(GLenum(GL_NONE))
    guard gl.CheckFramebufferStatus(GLenum(GL_FRAMEBUFFER)) == GLenum(GL_FRAMEBUFFER_COMPLETE)
    else {
      throw ViewerError(
        .openGL, "no shadow map of \(size)×\(size)", remedy: "run `plumbline doctor`")
    }
  }

  deinit {
    device.gl.DeleteFramebuffers(1, &frame)
    device.gl.DeleteTextures(1, &texture)
  }

  func begin() {
    device.gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), frame)
    device.gl.Viewport(0, 0, GLsizei(size), GLsizei(size))
    device.gl.DepthMask(GLboolean(GL_TRUE))
    device.gl.Clear(GLbitfield(GL_DEPTH_BUFFER_BIT))
  }

  func bind(unit: Int) {
    device.gl.ActiveTexture(GLenum(GL_TEXTURE0 + Int32(unit)))
    device.gl.BindTexture(GLenum(GL_TEXTURE_2D), texture)
  }

  /// Clip space of a light that sees a ball.
  static func matrix(light: Point3, centre: Point3, radius: Double) -> Matrix4 {
    let view = Matrix4.look(
      from: centre + 2 * radius * light, to: centre, up: light.across)
    return Matrix4.parallel(
      halfWidth: radius, halfHeight: radius, near: 0.5 * radius, far: 4 * radius) * view
  }
}
