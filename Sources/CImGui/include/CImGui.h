// Dear ImGui behind a C interface: text and shapes for every picture, widgets for the window.
//
// Nothing here touches OpenGL or a window: a frame ends as triangles (`UIFrame`) that the caller
// draws with its own table of functions. So the same text stands in the window and off-screen.
// Lengths are in points of the interface; colours are 0xAABBGGRR. Text is UTF-8.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct UIContext UIContext;

typedef struct UIVertex {
  float x, y, u, v;
  uint32_t colour;
} UIVertex;

/// Triangles that share a clip rectangle.
typedef struct UICommand {
  float clip_left, clip_top, clip_right, clip_bottom;
  uint32_t count, first_index;
  int32_t base_vertex;
} UICommand;

/// What a frame draws; valid until the next frame begins.
typedef struct UIFrame {
  const UIVertex *_Nullable vertices;
  int32_t vertex_count;
  const uint16_t *_Nullable indices;
  int32_t index_count;
  const UICommand *_Nullable commands;
  int32_t command_count;
} UIFrame;

/// Fonts in the atlas, each rastered at the size it is drawn with.
typedef enum UIFont { UIFontSmall, UIFontBody, UIFontBold, UIFontTitle, UIFontCount } UIFont;

/// Makes a context. `regular` and `bold` are font files; a file that cannot be read gives ImGui's
/// built-in font. `sizes` are em heights in points, one for each font.
UIContext *_Nullable ui_open(
    const char *_Nullable regular, const char *_Nullable bold, const float *_Nonnull sizes,
    bool *_Nonnull uses_fallback);
void ui_close(UIContext *_Nonnull ui);

/// The font atlas, one byte a pixel, valid until `ui_close`.
const uint8_t *_Nullable ui_atlas(
    UIContext *_Nonnull ui, int32_t *_Nonnull width, int32_t *_Nonnull height);

void ui_set_dark(UIContext *_Nonnull ui, bool is_dark);
void ui_begin(UIContext *_Nonnull ui, float width, float height, float seconds);
UIFrame ui_end(UIContext *_Nonnull ui);

// input of the window
typedef enum UIKey {
  UIKeyTab, UIKeyLeft, UIKeyRight, UIKeyUp, UIKeyDown, UIKeyPageUp, UIKeyPageDown, UIKeyHome,
  UIKeyEnd, UIKeyDelete, UIKeyBackspace, UIKeyEnter, UIKeyEscape, UIKeyA, UIKeyC, UIKeyV, UIKeyX,
  UIKeyCount
} UIKey;
void ui_mouse(UIContext *_Nonnull ui, float x, float y);
void ui_button(UIContext *_Nonnull ui, int32_t button, bool is_down);
void ui_wheel(UIContext *_Nonnull ui, float steps);
void ui_key(UIContext *_Nonnull ui, UIKey key, bool is_down);
void ui_modifiers(UIContext *_Nonnull ui, bool shift, bool control);
void ui_character(UIContext *_Nonnull ui, uint32_t scalar);
bool ui_wants_mouse(UIContext *_Nonnull ui);
bool ui_wants_text(UIContext *_Nonnull ui);

// shapes below all panels (`over` false) or above them
void ui_layer(bool over);
void ui_line(float x0, float y0, float x1, float y1, uint32_t colour, float width);
void ui_polyline(
    const float *_Nonnull xy, int32_t count, uint32_t colour, float width, bool closed);
void ui_polygon(const float *_Nonnull xy, int32_t count, uint32_t colour);
void ui_circle(float x, float y, float radius, uint32_t colour, float width);
void ui_disc(float x, float y, float radius, uint32_t colour);
void ui_rect(float x, float y, float w, float h, uint32_t colour, float radius);
void ui_text(UIFont font, float x, float y, uint32_t colour, const char *_Nonnull text);
float ui_text_width(UIFont font, const char *_Nonnull text);

// widgets
bool ui_panel_begin(
    const char *_Nonnull title, float x, float y, float w, float h, bool is_modal);
void ui_panel_end(void);
void ui_heading(const char *_Nonnull text);
void ui_label(const char *_Nonnull text);
void ui_faint(const char *_Nonnull text);
void ui_coloured(const char *_Nonnull text, uint32_t colour);
void ui_separator(void);
/// Two columns; the first has a width in pixels, or its share where 0.
bool ui_table_begin(const char *_Nonnull id, float first);
void ui_table_next(void);
void ui_table_end(void);
void ui_plot(
    const char *_Nonnull id, const float *_Nonnull values, int32_t count, float low, float high,
    float height, float marker);
bool ui_text_field(
    const char *_Nonnull id, const char *_Nonnull hint, char *_Nonnull buffer, int32_t capacity,
    bool takes_focus);
bool ui_selectable(const char *_Nonnull text, bool is_chosen);
bool ui_button_text(const char *_Nonnull text);

#ifdef __cplusplus
}
#endif
