// `plumbline view`: the window.

import ArgumentParser
import Experience
import Foundation
import Viewer

struct View: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view",
    abstract: "Watch scenes and recordings in a window; F1 there shows all keys.",
    discussion: """
      Without a display the status is 69; `plumbline render` needs none.

      EXAMPLES
        plumbline view scenes/ball-drop/steel-on-concrete.yaml
        plumbline view scenes/backpack-drag --theme light

      \(ExitStatus.table([.done, .noResult, .nothingSelected, .usage, .badInput, .inputMissing, .machineLacks]))
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var picture: PictureFlags

  @Argument(help: "Scenes, recordings, or folders of both; [ and ] go from one to the next.")
  var inputs: [String]

  @Flag(
    help: "Simulate scenes to their end first, with their record, and replay the finest level.")
  var replay = false

  @Flag(help: "Forget the size and the overlays of the last window.")
  var resetView = false

  func run() throws {
    options.start()
    let opening = RunOpening(options: options, framesPerSecond: picture.fps)
    do {
      var shows: [Show] = []
      for input in inputs {
        for path in try opening.files(input) {
          let name = (path as NSString).lastPathComponent
          shows.append(
            Show(
              name: name, open: { try opening.run(path, replays: replay) },
              predictions: { try opening.ghosts(picture.prediction, over: $0) }))
        }
      }
      var window = WindowOptions()
      (window.width, window.height) = try PictureOptions.size(picture.size)
      window.theme = .named(picture.theme ?? .dark)
      window.layers = try picture.layers ?? .standard
      // what is asked for on the command line wins over what is remembered
      let isAsked = picture.theme != nil || picture.overlays != nil || resetView
      window.memory = isAsked ? nil : ViewMemory.standardPath
      if resetView, let path = ViewMemory.standardPath {
        try? FileManager.default.removeItem(atPath: path)
      }
      window.save = { try SessionSaving.save($0) }
      let report = try Window(shows, options: window).run()
      if options.verbose {
        Console.note(
          "\(report.frames) pictures, \(Int(report.framesPerSecond)) a second, \(report.renderer)")
      }
    } catch let error as ViewerError {
      throw Failure(error)
    }
  }
}
