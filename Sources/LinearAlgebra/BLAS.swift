// The only file that holds pointers to OpenBLAS. For now: which kernels run, and on how many threads.
//
// The dense and banded factorisations come with the contact engine; a ball drop needs none, and a
// call that nobody makes would not be tested.

import COpenBLAS

/// Run-time facts of the BLAS library.
public enum BLAS {
  /// Kernel family in force, such as `Haswell`; chosen when the library is loaded.
  public static var kernel: String {
    openblas_get_corename().map { String(cString: $0) } ?? "unknown"
  }

  /// Version and build options, as the library prints them.
  public static var configuration: String {
    openblas_get_config().map { String(cString: $0) } ?? "unknown"
  }

  /// Threads of one call. Work is spread over scenes and samples, so a call runs on one: results
  /// must not depend on the number of cores.
  public static var threads: Int { Int(openblas_get_num_threads()) }

  /// Makes every later call run on one thread.
  public static func useOneThread() { openblas_set_num_threads(1) }
}
