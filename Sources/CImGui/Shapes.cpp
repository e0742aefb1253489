// Lines, areas and text without a panel. See CImGui.h.
#include "Shapes.h"

#include <imgui/imgui.h>

static bool is_over;

static ImDrawList *list() {
  return is_over ? ImGui::GetForegroundDrawList() : ImGui::GetBackgroundDrawList();
}

void ui_layer(bool over) { is_over = over; }

void ui_line(float x0, float y0, float x1, float y1, uint32_t colour, float width) {
  list()->AddLine(ImVec2(x0, y0), ImVec2(x1, y1), colour, width);
}

void ui_polyline(const float *xy, int32_t count, uint32_t colour, float width, bool closed) {
  const ImVec2 *points = reinterpret_cast<const ImVec2 *>(xy);
  list()->AddPolyline(points, count, colour, closed ? ImDrawFlags_Closed : 0, width);
}

void ui_polygon(const float *xy, int32_t count, uint32_t colour) {
  list()->AddConvexPolyFilled(reinterpret_cast<const ImVec2 *>(xy), count, colour);
}

void ui_circle(float x, float y, float radius, uint32_t colour, float width) {
  list()->AddCircle(ImVec2(x, y), radius, colour, 0, width);
}

void ui_disc(float x, float y, float radius, uint32_t colour) {
  list()->AddCircleFilled(ImVec2(x, y), radius, colour);
}

void ui_rect(float x, float y, float w, float h, uint32_t colour, float radius) {
  list()->AddRectFilled(ImVec2(x, y), ImVec2(x + w, y + h), colour, radius);
}

void ui_text(UIFont font, float x, float y, uint32_t colour, const char *text) {
  ImFont *chosen = plumbline_fonts[font];
  list()->AddText(chosen, chosen->FontSize, ImVec2(x, y), colour, text);
}

float ui_text_width(UIFont font, const char *text) {
  ImFont *chosen = plumbline_fonts[font];
  return chosen->CalcTextSizeA(chosen->FontSize, 1e9f, 0, text).x;
}
