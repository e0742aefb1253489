// Ctrl-C and termination: nothing half-written stays, and the user learns how to go on.
//
// Every output file is written beside its place and renamed, so there is nothing to finish: the
// file in flight is removed, the command that continues is printed, the status is 130 or 143.

import Dispatch
import Foundation
import Synchronization

enum Interruption {
  /// The file that is being written beside its place.
  static let inFlight = Mutex<String?>(nil)

  /// Keeps the sources alive; written once, by `install`, before any other thread runs.
  private final class Keeper: @unchecked Sendable { var sources: [any DispatchSourceSignal] = [] }
  private static let keeper = Keeper()

  /// Takes the signals over; to be called once, before any work.
  static func install() {
    for (number, status) in [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated)] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { end(status) }
      source.resume()
      keeper.sources.append(source)
    }
  }

  /// Ends the program with status 5 after a time, as if it had been interrupted.
  static func limit(seconds: Double) {
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { end(.incomplete) }
  }

  private static func end(_ status: ExitStatus) {
    inFlight.withLock { path in
      if let path { unlink(path) }
    }
    let command = CommandLine.arguments.dropFirst().joined(separator: " ")
    Console.note(
      "\n\(status.meaning); what is finished stays\n  = help: to go on, run again: plumbline \(command)"
    )
    _exit(status.rawValue)
  }
}
