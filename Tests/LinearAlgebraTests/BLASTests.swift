import LinearAlgebra
import Testing

@Suite("BLAS")
struct BLASTests {
  // Fails if the library does not say what it runs, or a call could use more than one thread.
  @Test("names its kernel and keeps to one thread")
  func facts() {
    BLAS.useOneThread()
    #expect(BLAS.threads == 1)
    #expect(!BLAS.kernel.isEmpty && BLAS.kernel != "unknown")
    #expect(BLAS.configuration.contains("OpenBLAS"))
  }
}
