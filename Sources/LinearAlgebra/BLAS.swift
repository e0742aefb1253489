// Which kernels of OpenBLAS run, on how many threads, and its product of matrices.
//
// The factorisations live with their storage (DenseCholesky, BandCholesky, ...).

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

  /// product = left·right for blocks in lanes: many small vectors times one matrix that they share.
  ///
  /// `left` and `product` hold one column after the other, each of `lead` rows (a multiple of 4, four
  /// to an element of the array), of which the first `rows` are used. `right` is `inner` by `columns`,
  /// by columns. One dgemm of 2·rows·inner·columns operations.
  public static func multiply(
    _ left: [SIMD4<Double>], _ right: [Double], into product: inout [SIMD4<Double>],
    rows: Int, inner: Int, columns: Int, lead: Int
  ) {
    precondition(lead % 4 == 0 && rows <= lead, "\(rows) rows in columns of \(lead)")
    precondition(4 * left.count >= lead * inner && right.count >= inner * columns)
    precondition(4 * product.count >= lead * columns)
    left.withUnsafeBytes { a in
      right.withUnsafeBufferPointer { b in
        product.withUnsafeMutableBytes { c in
          guard let from = a.baseAddress, let by = b.baseAddress, let to = c.baseAddress else {
            return
          }
          cblas_dgemm(
            CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), 1,
            from.assumingMemoryBound(to: Double.self), Int32(lead), by, Int32(inner), 0,
            to.assumingMemoryBound(to: Double.self), Int32(lead))
        }
      }
    }
  }
}
