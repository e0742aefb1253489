// A vertex and a fragment shader, with their uniforms by name.

import COpenGL

final class ShaderProgram {
  private let device: GraphicsDevice
  private let program: GLuint
  private var places: [String: GLint] = [:]

  /// - Throws: `ViewerError.openGL` with the first line of the driver's log.
  init(_ device: GraphicsDevice, name: String, vertex: String, fragment: String)
    throws(ViewerError)
  {
    self.device = device
    let gl = device.gl
    program = gl.CreateProgram()
    for (kind, text) in [(GL_VERTEX_SHADER, vertex), (GL_FRAGMENT_SHADER, fragment)] {
      let shader = gl.CreateShader(GLenum(kind))
      ("#version 330 core\n" + text).withCString { source in
        var pointer: UnsafePointer<GLchar>? = source
        gl.ShaderSource(shader, 1, &pointer, nil)
      }
      gl.CompileShader(shader)
      var isCompiled: GLint = 0
      gl.GetShaderiv(shader, GLenum(GL_COMPILE_STATUS), &isCompiled)
      guard isCompiled != 0 else {
        throw ShaderProgram.refused(name, ShaderProgram.log(gl.GetShaderInfoLog, shader))
      }
      gl.AttachShader(program, shader)
      gl.DeleteShader(shader)
    }
    gl.LinkProgram(program)
    var isLinked: GLint = 0
    gl.GetProgramiv(program, GLenum(GL_LINK_STATUS), &isLinked)
    guard isLinked != 0 else {
      throw ShaderProgram.refused(name, ShaderProgram.log(gl.GetProgramInfoLog, program))
    }
  }

  deinit { device.gl.DeleteProgram(program) }

  private static func refused(_ name: String, _ log: String) -> ViewerError {
    ViewerError(
      .openGL, "the driver refuses the shader `\(name)`: \(log.prefix(200))",
      remedy: "OpenGL 3.3 core is needed; run `plumbline doctor`")
  }

  private static func log(
    _ read: PFNGLGETSHADERINFOLOGPROC, _ object: GLuint
  ) -> String {
    var text = [CChar](repeating: 0, count: 2048)
    read(object, 2047, nil, &text)
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func use() { device.gl.UseProgram(program) }

  private func place(_ name: String) -> GLint {
    if let known = places[name] { return known }
    let found = device.gl.GetUniformLocation(program, name)
    places[name] = found
    return found
  }

  func set(_ name: String, _ value: Int) { device.gl.Uniform1i(place(name), GLint(value)) }
  func set(_ name: String, _ value: Double) { device.gl.Uniform1f(place(name), Float(value)) }

  func set(_ name: String, _ x: Double, _ y: Double) {
    device.gl.Uniform2f(place(name), Float(x), Float(y))
  }

  func set(_ name: String, _ value: SIMD3<Double>) {
    device.gl.Uniform3f(place(name), Float(value.x), Float(value.y), Float(value.z))
  }

  func set(_ name: String, _ colour: Colour) {
    let c = colour.floats
    device.gl.Uniform4f(place(name), c.x, c.y, c.z, c.w)
  }

  func set(_ name: String, _ matrix: Matrix4) {
    device.gl.UniformMatrix4fv(place(name), 1, GLboolean(GL_FALSE), matrix.floats)
  }
}
