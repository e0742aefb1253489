// A context of OpenGL without a display: EGL surfaceless first, then OSMesa.

import COpenGL

public final class OffscreenContext {
  public enum Path: String, Sendable, Hashable, CaseIterable {
    case egl = "EGL"
    case osmesa = "OSMesa"
  }
  public let path: Path
  private let handle: Handle
  let device: GraphicsDevice

  /// - Throws: `ViewerError.noOpenGL` with the reason of every path that was tried.
  public init(paths: [Path] = Path.allCases) throws(ViewerError) {
    var reasons: [String] = []
    for path in paths {
      var message = [CChar](repeating: 0, count: 256)
      let kind = path == .egl ? OffscreenEGL : OffscreenOSMesa
      guard let handle = offscreen_open(kind, &message, 256) else {
        let bytes = message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        reasons.append(String(decoding: bytes, as: UTF8.self))
        continue
      }
      self.path = path
      self.handle = Handle(handle)
      device = try GraphicsDevice(lookup: offscreen_lookup(handle), context: self.handle)
      return
    }
    throw ViewerError(
      .noOpenGL, "no OpenGL 3.3 without a display: \(reasons.joined(separator: "; "))",
      remedy: "install libegl1 and libgl1-mesa-dri (no graphics card is needed)")
  }

  /// Closes the context when the last that draws in it is gone.
  private final class Handle {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { offscreen_close(pointer) }
  }

  /// The driver's name.
  public var renderer: String { device.renderer }

  func makeCurrent() throws(ViewerError) {
    guard offscreen_make_current(handle.pointer) else {
      throw ViewerError(
        .noOpenGL, "the context was lost", remedy: "start the program again")
    }
  }
}
