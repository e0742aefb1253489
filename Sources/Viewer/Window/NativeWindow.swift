// The only file that talks to GLFW: opens a window, collects its events, names its keys.

import CGLFW
import COpenGL

/// A window of the system with an OpenGL 3.3 core context.
final class NativeWindow {
  private let context: Context
  private var handle: OpaquePointer { context.window }
  private let queue = Queue()
  let device: GraphicsDevice

  /// Events since they were last taken. GLFW calls back on the thread that polls.
  private final class Queue { var events: [InputEvent] = [] }

  /// - Throws: `ViewerError.noDisplay`, naming `render`, which needs none.
  init(width: Int, height: Int, title: String) throws(ViewerError) {
    let remedy = "use `plumbline render`, which needs no display"
    guard glfwInit() != 0 else {
      throw ViewerError(.noDisplay, "no window: \(NativeWindow.lastError)", remedy: remedy)
    }
    for (hint, value) in [
      (GLFW_CONTEXT_VERSION_MAJOR, 3), (GLFW_CONTEXT_VERSION_MINOR, 3),
      (GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE), (GLFW_DEPTH_BITS, 0),
      (GLFW_STENCIL_BITS, 0), (GLFW_SAMPLES, 0),
    ] {
      glfwWindowHint(hint, value)
    }
    guard let handle = glfwCreateWindow(Int32(width), Int32(height), title, nil, nil) else {
      let reason = NativeWindow.lastError
      glfwTerminate()
      throw ViewerError(
        .noDisplay, "no window with OpenGL 3.3 core: \(reason)", remedy: remedy)
    }
    context = Context(handle)
    glfwMakeContextCurrent(handle)
    // the loop keeps its own time, so that input is answered within a frame
    glfwSwapInterval(0)
    device = try GraphicsDevice(lookup: glfwGetProcAddress, context: context)
    glfwSetWindowUserPointer(handle, Unmanaged.passUnretained(queue).toOpaque())
    listen()
  }

  /// Gives the window back to the system when the last that draws in it is gone.
  private final class Context {
    let window: OpaquePointer
    init(_ window: OpaquePointer) { self.window = window }
    deinit {
      glfwDestroyWindow(window)
      glfwTerminate()
    }
  }

  private static var lastError: String {
    var text: UnsafePointer<CChar>?
    let code = glfwGetError(&text)
    guard code != 0, let text else { return "the system gives no reason" }
    return String(cString: text)
  }

  private static func queue(of window: OpaquePointer?) -> Queue? {
    glfwGetWindowUserPointer(window).map {
      Unmanaged<Queue>.fromOpaque($0).takeUnretainedValue()
    }
  }

  private func listen() {
    glfwSetKeyCallback(handle) { window, code, _, action, modifiers in
      guard let key = NativeWindow.keys[code] else { return }
      let chord = Chord(
        key, shift: modifiers & GLFW_MOD_SHIFT != 0, control: modifiers & GLFW_MOD_CONTROL != 0)
      NativeWindow.queue(of: window)?.events.append(.key(chord, isDown: action != GLFW_RELEASE))
    }
    glfwSetCharCallback(handle) { window, scalar in
      NativeWindow.queue(of: window)?.events.append(.character(scalar))
    }
    glfwSetCursorPosCallback(handle) { window, x, y in
      // places come in screen units, pictures are made of pixels
      var (w, h, fw, fh): (Int32, Int32, Int32, Int32) = (1, 1, 1, 1)
      glfwGetWindowSize(window, &w, &h)
      glfwGetFramebufferSize(window, &fw, &fh)
      let spot = Spot(x * Double(fw) / Double(max(1, w)), y * Double(fh) / Double(max(1, h)))
      NativeWindow.queue(of: window)?.events.append(.move(spot))
    }
    glfwSetMouseButtonCallback(handle) { window, button, action, modifiers in
      NativeWindow.queue(of: window)?.events.append(
        .button(
          Int(button), isDown: action == GLFW_PRESS, shift: modifiers & GLFW_MOD_SHIFT != 0))
    }
    glfwSetScrollCallback(handle) { window, _, y in
      NativeWindow.queue(of: window)?.events.append(.wheel(y))
    }
    glfwSetWindowRefreshCallback(handle) { window in
      NativeWindow.queue(of: window)?.events.append(.refresh)
    }
    glfwSetWindowCloseCallback(handle) { window in
      NativeWindow.queue(of: window)?.events.append(.close)
    }
  }

  /// Waits at most `seconds` for something to happen, then takes what did.
  func events(waiting seconds: Double) -> [InputEvent] {
    if seconds > 0 { glfwWaitEventsTimeout(seconds) } else { glfwPollEvents() }
    defer { queue.events = [] }
    return queue.events
  }

  /// Of the framebuffer, in pixels; zero while the window is minimised.
  var size: (width: Int, height: Int) {
    var (w, h): (Int32, Int32) = (0, 0)
    glfwGetFramebufferSize(handle, &w, &h)
    return glfwGetWindowAttrib(handle, GLFW_ICONIFIED) != 0 ? (0, 0) : (Int(w), Int(h))
  }

  /// In screen units.
  var extent: (width: Int, height: Int) {
    var (w, h): (Int32, Int32) = (0, 0)
    glfwGetWindowSize(handle, &w, &h)
    return (Int(w), Int(h))
  }

  /// Pixels of a point, as the display asks.
  var scale: Double {
    var (x, y): (Float, Float) = (1, 1)
    glfwGetWindowContentScale(handle, &x, &y)
    return x.isFinite && x >= 0.5 && x <= 8 ? Double(x) : 1
  }

  func show() { glfwSwapBuffers(handle) }
  func resize(_ width: Int, _ height: Int) {
    glfwSetWindowSize(handle, Int32(max(1, width)), Int32(max(1, height)))
  }
  func minimise() { glfwIconifyWindow(handle) }
  func restore() { glfwRestoreWindow(handle) }
  func setTitle(_ title: String) { glfwSetWindowTitle(handle, title) }

  private static let keys: [Int32: Key] = {
    var map: [Int32: Key] = [
      GLFW_KEY_RIGHT: .right, GLFW_KEY_LEFT: .left, GLFW_KEY_UP: .up, GLFW_KEY_DOWN: .down,
      GLFW_KEY_HOME: .home, GLFW_KEY_END: .end, GLFW_KEY_TAB: .tab, GLFW_KEY_ESCAPE: .escape,
      GLFW_KEY_ENTER: .enter, GLFW_KEY_BACKSPACE: .backspace, GLFW_KEY_DELETE: .delete,
      GLFW_KEY_F1: .f1, GLFW_KEY_F2: .f2, GLFW_KEY_F3: .f3, GLFW_KEY_SPACE: .space,
      GLFW_KEY_KP_SUBTRACT: .keypadMinus, GLFW_KEY_KP_ADD: .keypadPlus,
    ]
    // printable keys have the codes of their characters
    for key in Key.allCases where key.rawValue.unicodeScalars.count == 1 {
      if let scalar = key.rawValue.unicodeScalars.first { map[Int32(scalar.value)] = key }
    }
    return map
  }()
}
