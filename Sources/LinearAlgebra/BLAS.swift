import COpenBLAS
public func kernelName() -> String { String(cString: openblas_get_corename()) }
