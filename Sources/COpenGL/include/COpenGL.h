// OpenGL 3.3 core as a table of functions, and contexts that need no display.
//
// The table is filled through a get-proc-address, so it serves GLFW (GLX), EGL and OSMesa alike.
// EGL and OSMesa are opened when they are asked for: a program that draws nothing needs neither.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define GL_GLEXT_PROTOTYPES 0
#include <GL/glcorearb.h>

// Every function that the viewer calls; one line each.
#define PLUMBLINE_GL_FUNCTIONS(X) \
  X(PFNGLACTIVETEXTUREPROC, ActiveTexture) \
  X(PFNGLATTACHSHADERPROC, AttachShader) \
  X(PFNGLBINDATTRIBLOCATIONPROC, BindAttribLocation) \
  X(PFNGLBINDBUFFERPROC, BindBuffer) \
  X(PFNGLBINDFRAMEBUFFERPROC, BindFramebuffer) \
  X(PFNGLBINDRENDERBUFFERPROC, BindRenderbuffer) \
  X(PFNGLBINDTEXTUREPROC, BindTexture) \
  X(PFNGLBINDVERTEXARRAYPROC, BindVertexArray) \
  X(PFNGLBLENDFUNCPROC, BlendFunc) \
  X(PFNGLBLENDFUNCSEPARATEPROC, BlendFuncSeparate) \
  X(PFNGLBLITFRAMEBUFFERPROC, BlitFramebuffer) \
  X(PFNGLBUFFERDATAPROC, BufferData) \
  X(PFNGLBUFFERSUBDATAPROC, BufferSubData) \
  X(PFNGLCHECKFRAMEBUFFERSTATUSPROC, CheckFramebufferStatus) \
  X(PFNGLCLEARPROC, Clear) \
  X(PFNGLCLEARCOLORPROC, ClearColor) \
  X(PFNGLCLEARDEPTHPROC, ClearDepth) \
  X(PFNGLCOLORMASKPROC, ColorMask) \
  X(PFNGLCOMPILESHADERPROC, CompileShader) \
  X(PFNGLCREATEPROGRAMPROC, CreateProgram) \
  X(PFNGLCREATESHADERPROC, CreateShader) \
  X(PFNGLCULLFACEPROC, CullFace) \
  X(PFNGLDELETEBUFFERSPROC, DeleteBuffers) \
  X(PFNGLDELETEFRAMEBUFFERSPROC, DeleteFramebuffers) \
  X(PFNGLDELETEPROGRAMPROC, DeleteProgram) \
  X(PFNGLDELETERENDERBUFFERSPROC, DeleteRenderbuffers) \
  X(PFNGLDELETESHADERPROC, DeleteShader) \
  X(PFNGLDELETETEXTURESPROC, DeleteTextures) \
  X(PFNGLDELETEVERTEXARRAYSPROC, DeleteVertexArrays) \
  X(PFNGLDEPTHFUNCPROC, DepthFunc) \
  X(PFNGLDEPTHMASKPROC, DepthMask) \
  X(PFNGLDISABLEPROC, Disable) \
  X(PFNGLDRAWARRAYSPROC, DrawArrays) \
  X(PFNGLDRAWARRAYSINSTANCEDPROC, DrawArraysInstanced) \
  X(PFNGLDRAWBUFFERPROC, DrawBuffer) \
  X(PFNGLDRAWELEMENTSBASEVERTEXPROC, DrawElementsBaseVertex) \
  X(PFNGLDRAWELEMENTSINSTANCEDPROC, DrawElementsInstanced) \
  X(PFNGLENABLEPROC, Enable) \
  X(PFNGLENABLEVERTEXATTRIBARRAYPROC, EnableVertexAttribArray) \
  X(PFNGLFINISHPROC, Finish) \
  X(PFNGLFRAMEBUFFERRENDERBUFFERPROC, FramebufferRenderbuffer) \
  X(PFNGLFRAMEBUFFERTEXTURE2DPROC, FramebufferTexture2D) \
  X(PFNGLFRONTFACEPROC, FrontFace) \
  X(PFNGLGENBUFFERSPROC, GenBuffers) \
  X(PFNGLGENFRAMEBUFFERSPROC, GenFramebuffers) \
  X(PFNGLGENRENDERBUFFERSPROC, GenRenderbuffers) \
  X(PFNGLGENTEXTURESPROC, GenTextures) \
  X(PFNGLGENVERTEXARRAYSPROC, GenVertexArrays) \
  X(PFNGLGETERRORPROC, GetError) \
  X(PFNGLGETINTEGERVPROC, GetIntegerv) \
  X(PFNGLGETPROGRAMINFOLOGPROC, GetProgramInfoLog) \
  X(PFNGLGETPROGRAMIVPROC, GetProgramiv) \
  X(PFNGLGETSHADERINFOLOGPROC, GetShaderInfoLog) \
  X(PFNGLGETSHADERIVPROC, GetShaderiv) \
  X(PFNGLGETSTRINGPROC, GetString) \
  X(PFNGLGETUNIFORMLOCATIONPROC, GetUniformLocation) \
  X(PFNGLLINKPROGRAMPROC, LinkProgram) \
  X(PFNGLPIXELSTOREIPROC, PixelStorei) \
  X(PFNGLPOLYGONMODEPROC, PolygonMode) \
  X(PFNGLPOLYGONOFFSETPROC, PolygonOffset) \
  X(PFNGLREADBUFFERPROC, ReadBuffer) \
  X(PFNGLREADPIXELSPROC, ReadPixels) \
  X(PFNGLRENDERBUFFERSTORAGEMULTISAMPLEPROC, RenderbufferStorageMultisample) \
  X(PFNGLSCISSORPROC, Scissor) \
  X(PFNGLSHADERSOURCEPROC, ShaderSource) \
  X(PFNGLTEXIMAGE2DPROC, TexImage2D) \
  X(PFNGLTEXPARAMETERFVPROC, TexParameterfv) \
  X(PFNGLTEXPARAMETERIPROC, TexParameteri) \
  X(PFNGLUNIFORM1FPROC, Uniform1f) \
  X(PFNGLUNIFORM1IPROC, Uniform1i) \
  X(PFNGLUNIFORM2FPROC, Uniform2f) \
  X(PFNGLUNIFORM3FPROC, Uniform3f) \
  X(PFNGLUNIFORM4FPROC, Uniform4f) \
  X(PFNGLUNIFORMMATRIX4FVPROC, UniformMatrix4fv) \
  X(PFNGLUSEPROGRAMPROC, UseProgram) \
  X(PFNGLVERTEXATTRIBDIVISORPROC, VertexAttribDivisor) \
  X(PFNGLVERTEXATTRIBIPOINTERPROC, VertexAttribIPointer) \
  X(PFNGLVERTEXATTRIBPOINTERPROC, VertexAttribPointer) \
  X(PFNGLVIEWPORTPROC, Viewport)

/// The functions of one context.
typedef struct OpenGLTable {
#define X(type, name) type _Nonnull name;
  PLUMBLINE_GL_FUNCTIONS(X)
#undef X
} OpenGLTable;

typedef void (*OpenGLFunction)(void);
typedef OpenGLFunction _Nullable (*OpenGLLookup)(const char *_Nullable name);

/// Fills the table. Returns NULL, or the name of the first function that is missing.
const char *_Nullable opengl_load(OpenGLTable *_Nonnull table, OpenGLLookup _Nonnull lookup);

/// A context without a display.
typedef struct OffscreenGL OffscreenGL;

typedef enum OffscreenPath { OffscreenEGL = 1, OffscreenOSMesa = 2 } OffscreenPath;

/// Makes a 3.3 core context current on this thread by the given path.
/// Returns NULL and writes one sentence to `message` (`capacity` bytes) where it cannot.
OffscreenGL *_Nullable offscreen_open(
    OffscreenPath path, char *_Nonnull message, int32_t capacity);

/// Makes the context current on the calling thread, after another one was.
bool offscreen_make_current(OffscreenGL *_Nonnull context);

/// The get-proc-address of the context.
OpenGLLookup _Nonnull offscreen_lookup(OffscreenGL *_Nonnull context);

void offscreen_close(OffscreenGL *_Nonnull context);
