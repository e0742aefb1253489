// Progress on standard error: a bar on a terminal, otherwise a line every ten seconds at most.

import Foundation
import Synchronization

final class Progress: Sendable {
  private struct State {
    var done = 0
    var slowest = (name: "", seconds: 0.0)
    var lastPrint: Date
  }
  private enum Form { case bar, lines, none }

  private let total: Int
  private let noun: String
  private let form: Form
  private let start: Date
  private let state: Mutex<State>

  init(total: Int, noun: String, _ options: GlobalOptions) {
    (self.total, self.noun) = (total, noun)
    start = Date()
    state = Mutex(State(lastPrint: Date()))
    if options.quiet || total < 2 {
      form = .none
    } else {
      switch options.progress {
      case .none: form = .none
      case .bar: form = .bar
      case .lines: form = .lines
      case .auto: form = Console.isTerminal(2) ? .bar : .lines
      }
    }
  }

  func advance(_ name: String, seconds: Double) {
    state.withLock { state in
      state.done += 1
      if seconds > state.slowest.seconds { state.slowest = (name, seconds) }
      guard form != .none else { return }
      let now = Date()
      let due = now.timeIntervalSince(state.lastPrint) >= (form == .bar ? 0.1 : 10)
      guard due, state.done < total else { return }
      state.lastPrint = now
      let elapsed = now.timeIntervalSince(start)
      let left = elapsed / Double(state.done) * Double(total - state.done)
      let rate = Double(state.done) / max(elapsed, 1e-9)
      let text = String(
        format: "%d of %d %@s, %.3g a second, %.0f s left, slowest %@ (%.2g s)", state.done, total,
        noun, rate, left, state.slowest.name, state.slowest.seconds)
      Console.raw(form == .bar ? "\r\u{1b}[2K\(text)" : text + "\n")
    }
  }

  func finish() { if form == .bar { Console.raw("\r\u{1b}[2K") } }
}
