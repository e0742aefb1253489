// The machine that a table belongs to.

import Foundation

enum Machine {
  static var line: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model =
      text.split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return
      "machine: \(model), \(cores) cores, one used; \(ProcessInfo.processInfo.operatingSystemVersionString)"
  }

  /// Seconds of a monotonic clock.
  static func seconds(_ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    let duration = clock.measure(work)
    return Double(duration.components.seconds) + 1e-18 * Double(duration.components.attoseconds)
  }
}
