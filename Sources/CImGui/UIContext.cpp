// Context, fonts, frames and input. See CImGui.h.
#include "CImGui.h"

#include <imgui/imgui.h>
#include <imgui/imgui_freetype.h>

#include <vector>

#include "Shapes.h"

struct UIContext {
  ImGuiContext *imgui = nullptr;
  std::vector<UIVertex> vertices;
  std::vector<uint16_t> indices;
  std::vector<UICommand> commands;
  ImFont *fonts[UIFontCount] = {};
};

static_assert(sizeof(ImDrawVert) == sizeof(UIVertex) && sizeof(ImDrawIdx) == sizeof(uint16_t));

// what is drawn: Latin, Greek, general punctuation, super- and subscripts, arrows, mathematics
static const ImWchar glyphs[] = {0x20,   0xFF,   0x370,  0x3FF,  0x2010, 0x2027, 0x2030, 0x205E,
                                 0x2070, 0x209C, 0x2190, 0x21FF, 0x2200, 0x22FF, 0x25A0, 0x25FF, 0};

// of the context whose frame is open
ImFont *plumbline_fonts[UIFontCount];

static bool add_fonts(
    ImGuiIO &io, ImFont **fonts, const char *regular, const char *bold, const float *sizes) {
  // ImGui counts from ascent to descent; an em of DejaVu is 1901 + 483 of 2048 units high
  const float em = (1901.0f + 483.0f) / 2048.0f;
  bool fallback = false;
  io.Fonts->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  io.Fonts->FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  for (int i = 0; i < UIFontCount; ++i) {
    const char *file = i == UIFontBold || i == UIFontTitle ? bold : regular;
    ImFontConfig config;
    ImFont *font = nullptr;
    if (file) font = io.Fonts->AddFontFromFileTTF(file, sizes[i] * em, &config, glyphs);
    if (!font) {
      config.SizePixels = sizes[i] * em;
      font = io.Fonts->AddFontDefault(&config);
      fallback = true;
    }
    fonts[i] = font;
  }
  io.FontDefault = fonts[UIFontBody];
  return fallback;
}

static void name_keys(ImGuiIO &io) {
  const int keys[UIKeyCount] = {
      ImGuiKey_Tab,      ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow,
      ImGuiKey_DownArrow, ImGuiKey_PageUp,   ImGuiKey_PageDown,   ImGuiKey_Home,
      ImGuiKey_End,      ImGuiKey_Delete,    ImGuiKey_Backspace,  ImGuiKey_Enter,
      ImGuiKey_Escape,   ImGuiKey_A,         ImGuiKey_C,          ImGuiKey_V,
      ImGuiKey_X};
  for (int i = 0; i < UIKeyCount; ++i) io.KeyMap[keys[i]] = i;
}

UIContext *ui_open(
    const char *regular, const char *bold, const float *sizes, bool *uses_fallback) {
  UIContext *ui = new UIContext;
  ui->imgui = ImGui::CreateContext();
  ImGui::SetCurrentContext(ui->imgui);
  ImGuiIO &io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  name_keys(io);
  *uses_fallback = add_fonts(io, ui->fonts, regular, bold, sizes);
  ImGuiStyle &style = ImGui::GetStyle();
  style.WindowRounding = 8;
  style.FrameRounding = 4;
  style.WindowBorderSize = 0;
  style.WindowPadding = ImVec2(14, 12);
  style.ItemSpacing = ImVec2(8, 5);
  style.AntiAliasedLinesUseTex = true;
  // panels grow with their text, which is 13 points high on a plain display
  style.ScaleAllSizes(sizes[UIFontBody] / 13);
  return ui;
}

void ui_close(UIContext *ui) {
  ImGui::DestroyContext(ui->imgui);
  delete ui;
}

const uint8_t *ui_atlas(UIContext *ui, int32_t *width, int32_t *height) {
  ImGui::SetCurrentContext(ui->imgui);
  unsigned char *pixels = nullptr;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, width, height);
  return pixels;
}

void ui_set_dark(UIContext *ui, bool is_dark) {
  ImGui::SetCurrentContext(ui->imgui);
  if (is_dark) {
    ImGui::StyleColorsDark();
  } else {
    ImGui::StyleColorsLight();
  }
  ImVec4 &back = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  back = is_dark ? ImVec4(0.09f, 0.10f, 0.12f, 0.92f) : ImVec4(0.99f, 0.99f, 0.98f, 0.92f);
  if (!is_dark) ImGui::GetStyle().Colors[ImGuiCol_Text] = ImVec4(0.10f, 0.11f, 0.13f, 1);
}

void ui_begin(UIContext *ui, float width, float height, float seconds) {
  ImGui::SetCurrentContext(ui->imgui);
  ImGuiIO &io = ImGui::GetIO();
  io.DisplaySize = ImVec2(width, height);
  io.DeltaTime = seconds > 0 ? seconds : 1.0f / 60;
  for (int i = 0; i < UIFontCount; ++i) plumbline_fonts[i] = ui->fonts[i];
  ImGui::NewFrame();
  ui_layer(false);
}

UIFrame ui_end(UIContext *ui) {
  ImGui::SetCurrentContext(ui->imgui);
  ImGui::Render();
  ui->vertices.clear();
  ui->indices.clear();
  ui->commands.clear();
  const ImDrawData *data = ImGui::GetDrawData();
  for (int n = 0; n < data->CmdListsCount; ++n) {
    const ImDrawList *list = data->CmdLists[n];
    const int32_t vertex = (int32_t)ui->vertices.size();
    const uint32_t index = (uint32_t)ui->indices.size();
    const UIVertex *first = reinterpret_cast<const UIVertex *>(list->VtxBuffer.Data);
    ui->vertices.insert(ui->vertices.end(), first, first + list->VtxBuffer.Size);
    ui->indices.insert(ui->indices.end(), list->IdxBuffer.begin(), list->IdxBuffer.end());
    for (const ImDrawCmd &command : list->CmdBuffer) {
      if (command.ElemCount == 0 || command.UserCallback) continue;
      const ImVec4 &clip = command.ClipRect;
      ui->commands.push_back(
          {clip.x, clip.y, clip.z, clip.w, command.ElemCount, index + command.IdxOffset,
           vertex + (int32_t)command.VtxOffset});
    }
  }
  return {ui->vertices.data(), (int32_t)ui->vertices.size(), ui->indices.data(),
          (int32_t)ui->indices.size(), ui->commands.data(), (int32_t)ui->commands.size()};
}

static ImGuiIO &input(UIContext *ui) {
  ImGui::SetCurrentContext(ui->imgui);
  return ImGui::GetIO();
}

void ui_mouse(UIContext *ui, float x, float y) { input(ui).MousePos = ImVec2(x, y); }

void ui_button(UIContext *ui, int32_t button, bool is_down) {
  if (button >= 0 && button < 3) input(ui).MouseDown[button] = is_down;
}

void ui_wheel(UIContext *ui, float steps) { input(ui).MouseWheel += steps; }
void ui_key(UIContext *ui, UIKey key, bool is_down) { input(ui).KeysDown[key] = is_down; }

void ui_modifiers(UIContext *ui, bool shift, bool control) {
  input(ui).KeyShift = shift;
  input(ui).KeyCtrl = control;
}

void ui_character(UIContext *ui, uint32_t scalar) { input(ui).AddInputCharacter(scalar); }
bool ui_wants_mouse(UIContext *ui) { return input(ui).WantCaptureMouse; }
bool ui_wants_text(UIContext *ui) { return input(ui).WantTextInput; }
