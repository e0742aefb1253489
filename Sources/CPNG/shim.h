// The simplified interface of libpng 1.6: whole pictures, errors as values.
#include <png.h>
