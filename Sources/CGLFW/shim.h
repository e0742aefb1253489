// GLFW without OpenGL headers: the functions of OpenGL come from COpenGL's table.
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
