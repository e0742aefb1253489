// Fonts of the open frame, for shapes and widgets.
#pragma once

#include "CImGui.h"

struct ImFont;
extern ImFont *plumbline_fonts[UIFontCount];
