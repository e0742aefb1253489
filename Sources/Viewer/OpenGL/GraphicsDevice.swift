// A context's functions, and the errors it reports.

import COpenGL

/// The functions of the context that is current. Not thread-safe: one thread, one context.
final class GraphicsDevice {
  let gl: OpenGLTable
  /// As the driver names itself.
  let renderer: String

  /// Closes the context when it goes: after everything that lives in it, since all of that holds
  /// the device.
  private let context: AnyObject

  init(lookup: OpenGLLookup, context: AnyObject) throws(ViewerError) {
    self.context = context
    let table = UnsafeMutablePointer<OpenGLTable>.allocate(capacity: 1)
    defer { table.deallocate() }
    if let missing = opengl_load(table, lookup) {
      throw ViewerError(
        .noOpenGL, "the driver has no \(String(cString: missing))",
        remedy: "OpenGL 3.3 core is needed (Debian: libgl1-mesa-dri draws without a graphics card)")
    }
    gl = table.pointee
    renderer = gl.GetString(GLenum(GL_RENDERER)).map { String(cString: $0) } ?? "unknown"
  }

  /// The oldest error since the last call, by its name; nil where there is none.
  func error() -> String? {
    let code = gl.GetError()
    switch Int32(bitPattern: code) {
    case GL_NO_ERROR: return nil
    case GL_INVALID_ENUM: return "GL_INVALID_ENUM"
    case GL_INVALID_VALUE: return "GL_INVALID_VALUE"
    case GL_INVALID_OPERATION: return "GL_INVALID_OPERATION"
    case GL_INVALID_FRAMEBUFFER_OPERATION: return "GL_INVALID_FRAMEBUFFER_OPERATION"
    case GL_OUT_OF_MEMORY: return "GL_OUT_OF_MEMORY"
    default: return "error \(code)"
    }
  }

  /// - Throws: `ViewerError.openGL` with the driver's word and the place.
  func check(_ place: String) throws(ViewerError) {
    guard let word = error() else { return }
    throw ViewerError(
      .openGL, "OpenGL reports \(word) in \(place)",
      remedy: "run `plumbline doctor` and report it with the driver's name (\(renderer))")
  }

  func buffer() -> GLuint {
    var name: GLuint = 0
    gl.GenBuffers(1, &name)
    return name
  }

  func vertexArray() -> GLuint {
    var name: GLuint = 0
    gl.GenVertexArrays(1, &name)
    return name
  }

  /// Replaces what a buffer holds.
  func upload<T>(_ values: [T], to buffer: GLuint, _ target: Int32, isChanging: Bool) {
    gl.BindBuffer(GLenum(target), buffer)
    values.withUnsafeBytes { bytes in
      gl.BufferData(
        GLenum(target), bytes.count, bytes.baseAddress,
        GLenum(isChanging ? GL_STREAM_DRAW : GL_STATIC_DRAW))
    }
  }
}
