// The machine that a figure belongs to, and time on it.

import Foundation

enum Machine {
  /// Processor, cores, load and date: a figure without them says little.
  static var line: String {
    let info = text("/proc/cpuinfo").split(separator: "\n")
    let model = info.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    let name = model.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
    let cores = ProcessInfo.processInfo.processorCount
    let load = text("/proc/loadavg").split(separator: " ").first.map(String.init) ?? "?"
    let day = Date().formatted(.iso8601.year().month().day())
    return "\(name), \(cores) cores usable, load \(load), \(day)"
  }

  private static func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  /// Seconds of wall time that `work` takes.
  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try work()
    return (clock.now - start) / .seconds(1)
  }

  /// Seconds of processor time of all threads that `work` takes; less than wall time where other
  /// programs run beside this one.
  static func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
    let start = now()
    try work()
    return now() - start
  }
}
