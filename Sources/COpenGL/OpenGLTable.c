#include "COpenGL.h"

const char *opengl_load(OpenGLTable *table, OpenGLLookup lookup) {
#define X(type, name)                                    \
  table->name = (type)lookup("gl" #name);                \
  if (!table->name) return "gl" #name;
  PLUMBLINE_GL_FUNCTIONS(X)
#undef X
  return 0;
}
