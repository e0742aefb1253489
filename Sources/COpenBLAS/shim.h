// The part of OpenBLAS that LinearAlgebra uses. Debian's headers live in an architecture folder
// that pkg-config adds; the run-time facts are declared in cblas.h.
#include <cblas.h>
