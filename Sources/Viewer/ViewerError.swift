// What can go wrong between a run and its picture, each with what to do about it.

/// An error of the viewer: one sentence, and the remedy.
public struct ViewerError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable, CaseIterable {
    /// No window can be opened: no display, or no OpenGL 3.3 on it.
    case noDisplay
    /// No context without a display either.
    case noOpenGL
    /// A shader or framebuffer was refused by the driver.
    case openGL
    /// Nothing to draw: no frames, or a picture without pixels.
    case nothingToDraw
    /// A file cannot be written.
    case output
    /// A program that makes the video is missing or failed.
    case ffmpeg
    /// An option that has no meaning.
    case usage
  }
  public let kind: Kind
  public let message: String
  public let remedy: String

  public init(_ kind: Kind, _ message: String, remedy: String) {
    (self.kind, self.message, self.remedy) = (kind, message, remedy)
  }

  public var description: String { "\(message); \(remedy)" }
}
