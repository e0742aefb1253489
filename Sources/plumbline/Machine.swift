// Processor and system: for provenance and `doctor`.

import Foundation

/// Facts of the machine, for provenance and `doctor`.
enum Machine {
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
  static var system: String { ProcessInfo.processInfo.operatingSystemVersionString }

  private static var cpuLines: [Substring] {
    let data = FileManager.default.contents(atPath: "/proc/cpuinfo") ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  private static func cpuField(_ name: String) -> String {
    cpuLines.first { $0.hasPrefix(name) }
      .flatMap { $0.split(separator: ":", maxSplits: 1).last }
      .map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }

  static var processor: String { cpuField("model name") }
  static var features: Set<Substring> { Set(cpuField("flags").split(separator: " ")) }

  /// What this build needs beyond x86-64 (the level v3), as far as it is missing.
  static var missingFeatures: [String] {
    let present = features
    guard !present.isEmpty else { return [] }
    return ["avx2", "fma", "bmi2"].filter { !present.contains(Substring($0)) }
  }
}
