// Work beside the window, on a thread of its own.
//
// The window never waits for it: it looks what has come. Letting go of the work cancels it; what the
// thread is at is finished and thrown away.
// Checked by BackgroundTests.

import Foundation
import Synchronization

/// Work that hands over its results one by one.
final class Background<Part: Sendable>: Sendable {
  /// What the thread holds; it may outlive the window by one part of its work.
  final class Desk: Sendable {
    struct State: Sendable {
      var parts: [Part] = []
      var failure: String?
      var isDone = false
      var isCancelled = false
    }
    let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func add(_ part: Part) { state.withLock { $0.parts.append(part) } }
  }
  private let desk = Desk()

  init(_ work: @escaping @Sendable (Desk) throws -> Void) {
    let desk = desk
    let thread = Thread {
      var failure: String?
      do { try work(desk) } catch { failure = "\(error)" }
      desk.state.withLock { ($0.failure, $0.isDone) = (failure, true) }
    }
    thread.stackSize = 8 << 20
    thread.qualityOfService = .utility
    thread.start()
  }

  deinit { cancel() }

  func cancel() { desk.state.withLock { $0.isCancelled = true } }

  var parts: [Part] { desk.state.withLock { $0.parts } }
  var count: Int { desk.state.withLock { $0.parts.count } }
  /// Nothing more will come.
  var isDone: Bool { desk.state.withLock { $0.isDone } }
  /// Why the work stopped, if it could not be finished.
  var failure: String? { desk.state.withLock { $0.failure } }
}
