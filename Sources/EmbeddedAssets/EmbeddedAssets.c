#include "EmbeddedAssets.h"
static const unsigned char a0[] = {
#embed "../../assets/test.txt"
};
size_t plumbline_asset_count(void) { return 1; }
plumbline_asset plumbline_asset_at(size_t i) { (void)i; plumbline_asset a = {"x", a0, sizeof a0}; return a; }
const char *plumbline_commit(void) { return PLUMBLINE_COMMIT; }
