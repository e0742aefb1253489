// `plumbline doctor`: what this machine has, what is wrong, how to mend it.

import ArgumentParser
import Experience
import Foundation
import LinearAlgebra

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show processor, BLAS kernel, threads, disk and versions; say what to mend.",
    discussion: """
      EXAMPLES
        plumbline doctor
        plumbline doctor --format json

      \(ExitStatus.table([.done, .usage, .machineLacks, .inputOutput]))
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var format: FormatOption

  func run() throws {
    let findings = self.findings
    switch format.value {
    case .text:
      let rows =
        [["what", "found", "verdict"]] + findings.map { [$0.name, $0.found, $0.problem ?? "ok"] }
      try Console.write(TruthText.columns(rows))
    case .json:
      for item in findings {
        try Console.line(
          JSON.object([
            ("schema", .text("doctor/1")), ("what", .text(item.name)), ("found", .text(item.found)),
            ("problem", item.problem.map { .text($0) }),
          ]).line)
      }
    }
    if findings.contains(where: { $0.isFatal }) { throw Ending(status: .machineLacks) }
  }

  private struct Finding {
    let name: String
    let found: String
    var problem: String?
    var isFatal = false
  }

  private var findings: [Finding] {
    let missing = Machine.missingFeatures
    let environment = ProcessInfo.processInfo.environment
    let free =
      (try? FileManager.default.attributesOfFileSystem(forPath: "."))?[.systemFreeSize] as? NSNumber
    let gigabytes = (free?.doubleValue ?? 0) / 1e9
    let isPinned = environment["PLUMBLINE_KERNEL_PINNED"] != nil
    let preset = environment["OPENBLAS_CORETYPE"].map {
      isPinned ? "pinned to \($0)" : "preset to \($0)"
    }
    return [
      Finding(name: "release", found: "\(Release.version), commit \(Assets.commit)"),
      Finding(
        name: "processor", found: "\(Machine.processor), \(Machine.cores) cores",
        problem: missing.isEmpty
          ? nil : "lacks \(missing.joined(separator: ", ")): this build needs x86-64-v3",
        isFatal: !missing.isEmpty),
      Finding(name: "system", found: Machine.system),
      Finding(name: "BLAS", found: BLAS.configuration),
      Finding(
        name: "BLAS kernel in force", found: "\(BLAS.kernel) (\(preset ?? "chosen by the library"))"
      ),
      Finding(
        name: "BLAS threads", found: String(BLAS.threads),
        problem: BLAS.threads == 1
          ? nil : "results may depend on the number of threads: unset OPENBLAS_NUM_THREADS"),
      Finding(
        name: "disk", found: String(format: "%.1f GB free here", gigabytes),
        problem: gigabytes < 0.5 ? "less than 0.5 GB: large data sets will not fit" : nil),
      Finding(
        name: "display", found: environment["DISPLAY"] ?? "none",
        problem: nil),
      Finding(
        name: "locale", found: environment["LC_ALL"] ?? environment["LANG"] ?? "not set"),
    ]
  }
}
