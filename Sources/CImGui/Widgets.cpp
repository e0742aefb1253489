// Panels of the window. See CImGui.h.
#include <imgui/imgui.h>

#include "Shapes.h"

bool ui_panel_begin(const char *title, float x, float y, float w, float h, bool is_modal) {
  ImGui::SetNextWindowPos(ImVec2(x, y), ImGuiCond_Always);
  ImGui::SetNextWindowSize(ImVec2(w, h), ImGuiCond_Always);
  if (is_modal) ImGui::SetNextWindowFocus();
  return ImGui::Begin(
      title, nullptr,
      ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoCollapse |
          ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoNav);
}

void ui_panel_end(void) { ImGui::End(); }

void ui_heading(const char *text) {
  ImGui::PushFont(plumbline_fonts[UIFontBold]);
  ImGui::TextUnformatted(text);
  ImGui::PopFont();
}

void ui_label(const char *text) {
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text);
  ImGui::PopTextWrapPos();
}

void ui_faint(const char *text) {
  ImVec4 colour = ImGui::GetStyleColorVec4(ImGuiCol_Text);
  colour.w = 0.75f;
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ui_label(text);
  ImGui::PopStyleColor();
}

void ui_coloured(const char *text, uint32_t colour) {
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ui_label(text);
  ImGui::PopStyleColor();
}

void ui_separator(void) {
  ImGui::Dummy(ImVec2(0, 2));
  ImGui::Separator();
  ImGui::Dummy(ImVec2(0, 2));
}

bool ui_table_begin(const char *id, float first) {
  if (!ImGui::BeginTable(id, 2, ImGuiTableFlags_SizingStretchSame)) return false;
  if (first > 0) {
    ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, first);
    ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthStretch);
  }
  return true;
}

void ui_table_next(void) { ImGui::TableNextColumn(); }
void ui_table_end(void) { ImGui::EndTable(); }

void ui_plot(
    const char *id, const float *values, int32_t count, float low, float high, float height,
    float marker) {
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::PlotLines(id, values, count, 0, nullptr, low, high, ImVec2(width, height));
  if (marker < 0 || marker > 1) return;
  const float x = corner.x + marker * width;
  ImGui::GetWindowDrawList()->AddLine(
      ImVec2(x, corner.y), ImVec2(x, corner.y + height), ImGui::GetColorU32(ImGuiCol_Text));
}

bool ui_text_field(
    const char *id, const char *hint, char *buffer, int32_t capacity, bool takes_focus) {
  if (takes_focus) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(-1);
  return ImGui::InputTextWithHint(
      id, hint, buffer, (size_t)capacity, ImGuiInputTextFlags_EnterReturnsTrue);
}

bool ui_selectable(const char *text, bool is_chosen) {
  return ImGui::Selectable(text, is_chosen, 0, ImVec2(0, 0));
}

bool ui_button_text(const char *text) { return ImGui::Button(text); }
