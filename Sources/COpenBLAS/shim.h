// The part of OpenBLAS that LinearAlgebra uses. Debian's headers live in an architecture folder
// that pkg-config adds; the run-time facts are declared in cblas.h.
//
// Debian builds OpenBLAS without LAPACKE, but the Fortran symbols are inside: every argument is a
// pointer, integers have 32 bits, and each character argument has its length appended, by value.
#include <cblas.h>
#include <stddef.h>

void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t);
void dpotrs_(
    const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b,
    const int *ldb, int *info, size_t);
void dpbtrf_(
    const char *uplo, const int *n, const int *kd, double *ab, const int *ldab, int *info, size_t);
void dpbtrs_(
    const char *uplo, const int *n, const int *kd, const int *nrhs, const double *ab,
    const int *ldab, double *b, const int *ldb, int *info, size_t);
void dgetrf_(const int *m, const int *n, double *a, const int *lda, int *ipiv, int *info);
void dgetrs_(
    const char *trans, const int *n, const int *nrhs, const double *a, const int *lda,
    const int *ipiv, double *b, const int *ldb, int *info, size_t);
void dgbtrf_(
    const int *m, const int *n, const int *kl, const int *ku, double *ab, const int *ldab,
    int *ipiv, int *info);
void dgbtrs_(
    const char *trans, const int *n, const int *kl, const int *ku, const int *nrhs,
    const double *ab, const int *ldab, const int *ipiv, double *b, const int *ldb, int *info,
    size_t);
void dsyev_(
    const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
    double *work, const int *lwork, int *info, size_t, size_t);
