// From a run to a file: what `render` does, apart from reading its options.
//
// The ending of the name decides: .png (an instant, or a contact sheet), .mp4, .svg.

import Experience

/// One file to be written.
public struct RenderJob {
  /// Which instant of a run.
  public enum Moment: Sendable, Hashable {
    /// In s.
    case time(Double)
    /// The first event of a kind, such as `impact`.
    case event(String)
    case end

    /// From a word: a time such as `0.45` or `0.45 s`, `end`, or the kind of an event.
    public init(_ word: String) {
      let number = word.hasSuffix("s") ? word.dropLast().filter { $0 != " " } : word
      if let seconds = Double(number), seconds.isFinite {
        self = .time(seconds)
      } else if word == "end" {
        self = .end
      } else {
        self = .event(word)
      }
    }

    /// - Throws: `ViewerError.usage` for an event that the run does not have, naming those it has.
    public func time(in source: any FrameSource) throws(ViewerError) -> Double {
      switch self {
      case .time(let time): return time
      case .end: return source.times.last ?? 0
      case .event(let kind):
        let events = source.notes.events
        if let found = events.first(where: { $0.kind == kind }) { return found.time }
        let kinds = Set(events.map(\.kind)).sorted().joined(separator: ", ")
        throw ViewerError(
          .usage, "no event `\(kind)` in this run",
          remedy: kinds.isEmpty ? "give a time in s, or `end`" : "it has: \(kinds)")
      }
    }
  }

  public var out: String
  public var options = PictureOptions()
  /// Of a single picture.
  public var moment = Moment.end
  /// A contact sheet in place of a single picture.
  public var sheet: ContactSheet?
  /// Pictures a second of a video, and seconds of the run for a second of it.
  public var rate = 30
  public var speed = 1.0
  /// Part of the run that a video shows, in s; all of it where nil.
  public var span: ClosedRange<Double>?

  public init(out: String) { self.out = out }

  public static let endings = ["png", "mp4", "svg"]

  /// Writes the file. `progress` gets done and total pictures of a video.
  /// - Throws: `ViewerError`, and what the source throws.
  public func run(_ source: any FrameSource, progress: (Int, Int) -> Void = { _, _ in }) throws {
    guard !source.times.isEmpty else {
      throw ViewerError(
        .nothingToDraw, "the run has no frames",
        remedy: "record it again with `plumbline run --record`")
    }
    switch out.split(separator: ".").last.map({ $0.lowercased() }) ?? "" {
    case "svg":
      try SVGPicture(of: source, at: moment.time(in: source), options: options).write(to: out)
    case "mp4":
      try Movie.write(
        source, to: out, with: OffscreenRenderer(), options: options, rate: rate, speed: speed,
        span: span, progress: progress)
    case "png":
      let renderer = try OffscreenRenderer()
      let image =
        try sheet?.image(of: source, with: renderer, options: options)
        ?? renderer.image(of: source, at: moment.time(in: source), options: options)
      try PNGFile.write(image, to: out)
    default:
      throw ViewerError(
        .usage, "`\(out)` has no ending that tells what to write",
        remedy: "use .\(RenderJob.endings.joined(separator: ", ."))")
    }
  }
}
