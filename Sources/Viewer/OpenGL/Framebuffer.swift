// Where the scene is drawn: a picture with several samples a pixel, resolved into one.

import COpenGL

final class Framebuffer {
  private let device: GraphicsDevice
  let width: Int
  let height: Int
  private let samples: Int
  private var drawn: GLuint = 0
  private var resolved: GLuint = 0
  private var buffers: [GLuint] = [0, 0, 0]

  /// Size in pixels; `samples` 0 or 4.
  init(_ device: GraphicsDevice, width: Int, height: Int, samples: Int) throws(ViewerError) {
    self.device = device
    (self.width, self.height, self.samples) = (max(1, width), max(1, height), samples)
    let gl = device.gl
    gl.GenRenderbuffers(3, &buffers)
    gl.GenFramebuffers(1, &drawn)
    attach(drawn, colour: buffers[0], depth: buffers[1], samples: samples)
    if samples > 0 {
      gl.GenFramebuffers(1, &resolved)
      attach(resolved, colour: buffers[2], depth: nil, samples: 0)
    }
    let state = gl.CheckFramebufferStatus(GLenum(GL_FRAMEBUFFER))
    guard state == GLenum(GL_FRAMEBUFFER_COMPLETE) else {
      throw ViewerError(
        .openGL, "no framebuffer of \(width)×\(height) pixels",
        remedy: "ask for a smaller picture with --size")
    }
  }

  deinit {
    device.gl.DeleteFramebuffers(1, &drawn)
    if resolved != 0 { device.gl.DeleteFramebuffers(1, &resolved) }
    device.gl.DeleteRenderbuffers(3, &buffers)
  }

  private func attach(_ frame: GLuint, colour: GLuint, depth: GLuint?, samples: Int) {
    let gl = device.gl
    gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), frame)
    for (buffer, format, place) in [
      (colour, GL_RGBA8, GL_COLOR_ATTACHMENT0),
      (depth ?? 0, GL_DEPTH_COMPONENT24, GL_DEPTH_ATTACHMENT),
    ] where buffer != 0 {
      gl.BindRenderbuffer(GLenum(GL_RENDERBUFFER), buffer)
      gl.RenderbufferStorageMultisample(
        GLenum(GL_RENDERBUFFER), GLsizei(samples), GLenum(format), GLsizei(width), GLsizei(height))
      gl.FramebufferRenderbuffer(
        GLenum(GL_FRAMEBUFFER), GLenum(place), GLenum(GL_RENDERBUFFER), buffer)
    }
  }

  /// Everything that follows is drawn here, into a part of the width from the left.
  func begin(part: Double) {
    device.gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), drawn)
    let extent = max(1, (part * Double(width)).rounded())
    device.gl.Viewport(0, 0, GLsizei(extent), GLsizei(height))
  }

  /// Brings the samples together; flat shapes are drawn over the result.
  func resolve() {
    guard samples > 0 else { return }
    blit(from: drawn, to: resolved)
    device.gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), resolved)
  }

  /// To the window.
  func present() {
    blit(from: samples > 0 ? resolved : drawn, to: 0)
    device.gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), 0)
  }

  /// Fills another picture, larger or smaller, and goes on drawing there.
  func stretch(to other: Framebuffer) {
    let gl = device.gl
    gl.BindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), samples > 0 ? resolved : drawn)
    gl.BindFramebuffer(GLenum(GL_DRAW_FRAMEBUFFER), other.drawn)
    gl.BlitFramebuffer(
      0, 0, GLint(width), GLint(height), 0, 0, GLint(other.width), GLint(other.height),
      GLbitfield(GL_COLOR_BUFFER_BIT), GLenum(GL_LINEAR))
    gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), other.drawn)
  }

  private func blit(from source: GLuint, to target: GLuint) {
    let gl = device.gl
    gl.BindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), source)
    gl.BindFramebuffer(GLenum(GL_DRAW_FRAMEBUFFER), target)
    let (w, h) = (GLint(width), GLint(height))
    gl.BlitFramebuffer(
      0, 0, w, h, 0, 0, w, h, GLbitfield(GL_COLOR_BUFFER_BIT), GLenum(GL_NEAREST))
  }

  /// Pixels of the resolved picture, rows from the top.
  func pixels() -> PixelImage {
    let gl = device.gl
    gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), samples > 0 ? resolved : drawn)
    gl.PixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
    var bytes = [UInt8](repeating: 0, count: 4 * width * height)
    gl.ReadPixels(
      0, 0, GLsizei(width), GLsizei(height), GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE), &bytes)
    var image = PixelImage(width: width, height: height)
    let row = 4 * width
    // OpenGL counts rows from the bottom
    for y in 0..<height {
      let from = (height - 1 - y) * row
      image.bytes.replaceSubrange(y * row..<(y + 1) * row, with: bytes[from..<from + row])
    }
    return image
  }
}
