// Pins the BLAS kernels, so that results do not depend on the processor.

import Foundation
import LinearAlgebra

/// OpenBLAS picks its kernels when it is loaded, from OPENBLAS_CORETYPE: pinning them means starting
/// again. An environment that already chose is respected.
enum KernelPin {
  static func apply() {
    let environment = ProcessInfo.processInfo.environment
    guard environment["OPENBLAS_CORETYPE"] == nil, BLAS.kernel != "Haswell" else { return }
    setenv("OPENBLAS_CORETYPE", "Haswell", 1)
    setenv("PLUMBLINE_KERNEL_PINNED", "1", 1)
    setenv("OPENBLAS_NUM_THREADS", "1", 0)
    let arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    execv("/proc/self/exe", arguments)
    // without a new start the kernels stay as they are, and the provenance says which
  }
}
