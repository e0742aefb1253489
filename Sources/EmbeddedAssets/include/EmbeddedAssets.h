// Files of the source tree that travel inside the executable, so that it works when it is moved.
#ifndef PLUMBLINE_EMBEDDED_ASSETS_H
#define PLUMBLINE_EMBEDDED_ASSETS_H

#include <stddef.h>

typedef struct {
  const char *path;           // path in the repository, with `/`
  const unsigned char *bytes; // not terminated
  size_t count;
} plumbline_asset;

/// Number of embedded files.
size_t plumbline_asset_count(void);
/// The file at `index`, in the order of the table in EmbeddedAssets.c.
plumbline_asset plumbline_asset_at(size_t index);
/// Commit of the build, with a trailing `+` when the tree had changes; "unknown" outside git.
const char *plumbline_commit(void);

#endif
