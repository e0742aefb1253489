// Contexts without a display: EGL on the surfaceless platform, or OSMesa in memory.
#include "COpenGL.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef EGL_PLATFORM_SURFACELESS_MESA
#define EGL_PLATFORM_SURFACELESS_MESA 0x31DD
#endif

typedef struct EGLFunctions {
  EGLBoolean (*bindAPI)(EGLenum);
  EGLContext (*createContext)(EGLDisplay, EGLConfig, EGLContext, const EGLint *);
  EGLBoolean (*destroyContext)(EGLDisplay, EGLContext);
  EGLint (*getError)(void);
  OpenGLLookup getProcAddress;
  EGLBoolean (*initialize)(EGLDisplay, EGLint *, EGLint *);
  EGLBoolean (*makeCurrent)(EGLDisplay, EGLSurface, EGLSurface, EGLContext);
} EGLFunctions;

typedef struct OSMesaFunctions {
  void *(*createContextAttribs)(const int *, void *);
  void (*destroyContext)(void *);
  OpenGLLookup getProcAddress;
  GLboolean (*makeCurrent)(void *, void *, GLenum, GLsizei, GLsizei);
} OSMesaFunctions;

struct OffscreenGL {
  OffscreenPath path;
  void *library;
  EGLFunctions egl;
  EGLDisplay display;
  OSMesaFunctions osmesa;
  void *context;
  // the window-system buffer that OSMesa insists on; everything is drawn into framebuffers
  uint8_t pixel[4 * 16 * 16];
};

static void say(char *message, int32_t capacity, const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsnprintf(message, (size_t)capacity, format, list);
  va_end(list);
}

static OffscreenGL *opened(OffscreenPath path, const char *const *names) {
  for (; *names; ++names) {
    void *library = dlopen(*names, RTLD_NOW | RTLD_LOCAL);
    if (!library) continue;
    OffscreenGL *gl = calloc(1, sizeof(OffscreenGL));
    if (!gl) return 0;
    gl->path = path;
    gl->library = library;
    return gl;
  }
  return 0;
}

static OffscreenGL *failed(OffscreenGL *gl) {
  offscreen_close(gl);
  return 0;
}

static OffscreenGL *open_egl(char *message, int32_t capacity) {
  const char *const names[] = {"libEGL.so.1", 0};
  OffscreenGL *gl = opened(OffscreenEGL, names);
  if (!gl) {
    say(message, capacity, "EGL: libEGL.so.1 is not installed (Debian: libegl1)");
    return 0;
  }
  EGLFunctions *egl = &gl->egl;
  *(void **)&egl->bindAPI = dlsym(gl->library, "eglBindAPI");
  *(void **)&egl->createContext = dlsym(gl->library, "eglCreateContext");
  *(void **)&egl->destroyContext = dlsym(gl->library, "eglDestroyContext");
  *(void **)&egl->getError = dlsym(gl->library, "eglGetError");
  *(void **)&egl->getProcAddress = dlsym(gl->library, "eglGetProcAddress");
  *(void **)&egl->initialize = dlsym(gl->library, "eglInitialize");
  *(void **)&egl->makeCurrent = dlsym(gl->library, "eglMakeCurrent");
  if (!egl->bindAPI || !egl->createContext || !egl->destroyContext || !egl->getError ||
      !egl->getProcAddress || !egl->initialize || !egl->makeCurrent) {
    say(message, capacity, "EGL: the library lacks functions of EGL 1.4");
    return failed(gl);
  }
  PFNEGLGETPLATFORMDISPLAYEXTPROC platform =
      (PFNEGLGETPLATFORMDISPLAYEXTPROC)egl->getProcAddress("eglGetPlatformDisplayEXT");
  if (platform) gl->display = platform(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, 0);
  EGLint major = 0, minor = 0;
  if (!gl->display || !egl->initialize(gl->display, &major, &minor)) {
    gl->display = 0;
    say(message, capacity, "EGL: no surfaceless display (error 0x%x)", egl->getError());
    return failed(gl);
  }
  const EGLint attributes[] = {
      EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3,
      EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  if (egl->bindAPI(EGL_OPENGL_API))
    gl->context = egl->createContext(gl->display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes);
  if (!gl->context || !offscreen_make_current(gl)) {
    say(message, capacity, "EGL: no OpenGL 3.3 core context (error 0x%x)", egl->getError());
    return failed(gl);
  }
  return gl;
}

// Attributes of OSMesaCreateContextAttribs, from GL/osmesa.h.
enum {
  OSMesaFormat = 0x22,
  OSMesaDepthBits = 0x30,
  OSMesaProfile = 0x33,
  OSMesaCoreProfile = 0x34,
  OSMesaMajor = 0x36,
  OSMesaMinor = 0x37,
};

static OffscreenGL *open_osmesa(char *message, int32_t capacity) {
  const char *const names[] = {"libOSMesa.so.8", "libOSMesa.so.6", "libOSMesa.so", 0};
  OffscreenGL *gl = opened(OffscreenOSMesa, names);
  if (!gl) {
    say(message, capacity, "OSMesa: libOSMesa.so.8 is not installed (Debian: libosmesa6)");
    return 0;
  }
  OSMesaFunctions *mesa = &gl->osmesa;
  *(void **)&mesa->createContextAttribs = dlsym(gl->library, "OSMesaCreateContextAttribs");
  *(void **)&mesa->destroyContext = dlsym(gl->library, "OSMesaDestroyContext");
  *(void **)&mesa->getProcAddress = dlsym(gl->library, "OSMesaGetProcAddress");
  *(void **)&mesa->makeCurrent = dlsym(gl->library, "OSMesaMakeCurrent");
  if (!mesa->createContextAttribs || !mesa->destroyContext || !mesa->getProcAddress ||
      !mesa->makeCurrent) {
    say(message, capacity, "OSMesa: the library is older than 11.3");
    return failed(gl);
  }
  const int attributes[] = {OSMesaFormat, GL_RGBA, OSMesaDepthBits, 24, OSMesaProfile,
                            OSMesaCoreProfile, OSMesaMajor, 3, OSMesaMinor, 3, 0};
  gl->context = mesa->createContextAttribs(attributes, 0);
  if (!gl->context || !offscreen_make_current(gl)) {
    say(message, capacity, "OSMesa: no OpenGL 3.3 core context");
    return failed(gl);
  }
  return gl;
}

OffscreenGL *offscreen_open(OffscreenPath path, char *message, int32_t capacity) {
  return path == OffscreenEGL ? open_egl(message, capacity) : open_osmesa(message, capacity);
}

bool offscreen_make_current(OffscreenGL *gl) {
  if (gl->path == OffscreenEGL)
    return gl->egl.bindAPI(EGL_OPENGL_API) &&
           gl->egl.makeCurrent(gl->display, EGL_NO_SURFACE, EGL_NO_SURFACE, gl->context);
  return gl->osmesa.makeCurrent(gl->context, gl->pixel, GL_UNSIGNED_BYTE, 16, 16);
}

OpenGLLookup offscreen_lookup(OffscreenGL *gl) {
  return gl->path == OffscreenEGL ? gl->egl.getProcAddress : gl->osmesa.getProcAddress;
}

void offscreen_close(OffscreenGL *gl) {
  if (gl->path == OffscreenEGL && gl->display) {
    gl->egl.makeCurrent(gl->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (gl->context) gl->egl.destroyContext(gl->display, gl->context);
    // the display is shared by the process: ending it here would end other contexts too
  } else if (gl->path == OffscreenOSMesa && gl->context) {
    gl->osmesa.destroyContext(gl->context);
  }
  // the library stays open: drivers leave threads and thread-local data behind
  free(gl);
}
