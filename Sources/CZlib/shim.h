// The part of zlib that recordings use: one-shot compression of a block, and its reverse.
#include <zlib.h>
