// `plumbline render`: a picture, a contact sheet, a video or a drawing, without a display.

import ArgumentParser
import Experience
import Foundation
import Viewer

struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Draw a scene or a recording into a picture or a video; no display is needed.",
    discussion: """
      The ending of --out decides: .png, .mp4 (needs ffmpeg) or .svg; for other programs .glb
      and .gltf (glTF 2.0, animated) or .vtp (a series for ParaView, with its .pvd).

      EXAMPLES
        plumbline render scenes/ball-drop/steel-on-concrete.yaml -o drop.png
        plumbline render scenes/ball-drop/golf-ball-usga.yaml -o drop.svg
        plumbline render scenes/ball-drop/moon-drop.yaml -o moon.png --members 9
        plumbline render scenes/backpack-drag/high-pull-tips.yaml -o pack.glb

      \(ExitStatus.table([.done, .noResult, .usage, .badInput, .inputMissing, .machineLacks, .cannotCreate, .interrupted]))
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var picture: PictureFlags

  @Argument(help: "A scene or a recording; - reads a scene from standard input.")
  var input: String

  @Option(name: [.customShort("o"), .long], help: "The file to write.")
  var out: String

  @Option(help: "Instant: a time in s, `end`, or the kind of an event such as `impact`.")
  var at = "end"

  @Option(
    help: "Where to look from: front, back, left, right, top, bottom or corner.")
  var camera: StandardView = .corner

  @Option(help: "That many instants in one PNG, each with its time.")
  var sheet: Int?

  @Option(help: "That many draws of the declared tolerances as outlines; needs a scene.")
  var members: Int?

  @Option(help: "Size of all text and lines; 2 doubles it.")
  var scale = 1.0

  @Option(help: "Pictures a second of a video.")
  var rate = 30

  @Option(help: "Seconds of the run for a second of video; 0.1 is ten times slower.")
  var speed = 1.0

  func validate() throws {
    if let sheet, !(1...100).contains(sheet) {
      throw ValidationError("--sheet must lie between 1 and 100, not \(sheet)")
    }
    if let members, !(1...256).contains(members) {
      throw ValidationError("--members must lie between 1 and 256, not \(members)")
    }
  }

  func run() throws {
    options.start()
    let opening = RunOpening(options: options, framesPerSecond: picture.fps)
    do {
      // a wrong ending is told before anything is simulated
      let endings = RenderJob.endings + Exports.endings
      guard endings.contains(where: { out.lowercased().hasSuffix(".\($0)") }) else {
        throw ViewerError(
          .usage, "`\(out)` has no ending that tells what to write",
          remedy: "use .\(endings.joined(separator: ", ."))")
      }
      let source = try opening.source(input)
      if Exports.ending(of: out) != nil {
        let written = try Exports.write(source, to: out)
        if !options.quiet {
          Console.note(
            written.count == 1
              ? "wrote \(written[0])" : "wrote \(written.count) files: \(written.last ?? out)")
        }
        return
      }
      var job = RenderJob(out: out)
      let size = try PictureOptions.size(picture.size)
      (job.options.width, job.options.height) = size
      job.options.theme = .named(picture.theme ?? .dark)
      job.options.layers = try picture.layers ?? .standard
      job.options.ghosts = try opening.ghosts(picture.prediction, over: source)
      if let members {
        job.options.layers.insert(.members)
        job.options.members = try opening.members(members, of: source)
      }
      (job.options.view, job.options.scale) = (camera, scale)
      job.moment = RenderJob.Moment(at)
      job.sheet = sheet.map { ContactSheet(count: $0) }
      (job.rate, job.speed) = (rate, speed)
      let progress = Progress(total: 1, noun: "file", options)
      let start = Date()
      try job.run(source)
      progress.advance(out, seconds: Date().timeIntervalSince(start))
      progress.finish()
    } catch let error as ViewerError {
      throw Failure(error)
    }
  }
}
