// Version and provenance: which program on which machine.

import Experience
import Foundation
import LinearAlgebra

enum Release {
  static let version = "0.1.0"

  /// The machine fields of a provenance: left out of every comparison and hash.
  static func provenance(jobs: Int) -> JSON {
    .object([
      ("release", .text(version)), ("commit", .text(Assets.commit)),
      (
        "blas",
        .object([
          ("library", .text(BLAS.configuration)), ("kernel", .text(BLAS.kernel)),
          ("threads", .number(Double(BLAS.threads))),
          (
            "kernel-preset",
            .bool(ProcessInfo.processInfo.environment["PLUMBLINE_KERNEL_PINNED"] == nil)
          ),
        ])
      ),
      (
        "machine",
        .object([
          ("cpu", .text(Machine.processor)), ("cores", .number(Double(Machine.cores))),
          ("os", .text(Machine.system)), ("jobs", .number(Double(jobs))),
        ])
      ),
    ])
  }
}
