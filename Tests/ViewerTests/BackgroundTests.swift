import Foundation
import Synchronization
import Testing

@testable import Viewer

@Suite("Background")
struct BackgroundTests {
  // Fails if results are lost, or an error is.
  @Test("hands over its parts, then its failure")
  func parts() {
    let work = Background<Int> { desk in
      desk.add(1)
      desk.add(2)
      throw ViewerError(.output, "no room", remedy: "make some")
    }
    #expect(Waiting.until { work.isDone })
    #expect(work.parts == [1, 2] && work.failure == "no room; make some")
  }

  // Fails if work goes on after its window was closed.
  @Test("letting go cancels")
  func cancel() {
    let end = Signal()
    var work: Background<Int>? = Background { desk in
      while !desk.isCancelled { usleep(1000) }
      end.set()
    }
    #expect(work?.isDone == false && !end.isSet)
    work = nil
    #expect(Waiting.until { end.isSet })
  }

  private final class Signal: Sendable {
    private let state = Mutex(false)
    func set() { state.withLock { $0 = true } }
    var isSet: Bool { state.withLock { $0 } }
  }
}

/// Waits for something that a thread does.
enum Waiting {
  /// At most ten seconds.
  static func until(_ isTrue: () -> Bool) -> Bool {
    for _ in 0..<1000 {
      if isTrue() { return true }
      usleep(10_000)
    }
    return false
  }
}
