import LinearAlgebra
import Testing

@Suite("BLAS library")
struct BLASTests {
  // Fails if the library is not linked, or results could depend on the number of cores.
  @Test("names its kernels and runs on one thread")
  func threads() {
    #expect(!BLAS.kernel.isEmpty && BLAS.kernel != "unknown")
    #expect(BLAS.configuration.contains("OpenBLAS"))
    BLAS.useOneThread()
    #expect(BLAS.threads == 1)
  }
}
