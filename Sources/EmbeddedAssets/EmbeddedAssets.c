// One row a file. The bytes are taken from the source tree when this file is compiled.
#include "EmbeddedAssets.h"

static const unsigned char materials[] = {
#embed "../../assets/materials.yaml"
};
static const unsigned char demo_plan[] = {
#embed "../../scenes/ball-drop-demo.plan.yaml"
};
static const unsigned char demo_scene[] = {
#embed "../../scenes/ball-drop/steel-on-concrete.yaml"
};
static const unsigned char mujoco_answers[] = {
#embed "../../benchmarks/predictors/recorded/mujoco.jsonl"
};
static const unsigned char bullet_answers[] = {
#embed "../../benchmarks/predictors/recorded/bullet.jsonl"
};

#define ROW(name, array) {name, array, sizeof array}
static const plumbline_asset table[] = {
    ROW("assets/materials.yaml", materials),
    ROW("scenes/ball-drop-demo.plan.yaml", demo_plan),
    ROW("scenes/ball-drop/steel-on-concrete.yaml", demo_scene),
    ROW("benchmarks/predictors/recorded/mujoco.jsonl", mujoco_answers),
    ROW("benchmarks/predictors/recorded/bullet.jsonl", bullet_answers),
};

size_t plumbline_asset_count(void) { return sizeof table / sizeof table[0]; }

plumbline_asset plumbline_asset_at(size_t index) {
  static const plumbline_asset none = {"", 0, 0};
  return index < plumbline_asset_count() ? table[index] : none;
}

const char *plumbline_commit(void) { return PLUMBLINE_COMMIT; }
