// Options that every command has.

import ArgumentParser
import Foundation

enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
enum ColourChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }
enum ProgressChoice: String, ExpressibleByArgument, CaseIterable { case auto, bar, lines, none }

struct GlobalOptions: ParsableArguments {
  @Option(help: "Form of the output on standard output: text or json (one object a line).")
  var format: OutputFormat = .text

  @Option(help: "Colour in messages: auto, always or never. NO_COLOR means never.")
  var color: ColourChoice = .auto

  @Option(help: "Progress on standard error: auto, bar, lines or none.")
  var progress: ProgressChoice = .auto

  @Option(name: [.short, .long], help: "Worker threads. Results never depend on it. (default: all cores)")
  var jobs: Int?

  @Flag(name: [.short, .long], help: "Only errors on standard error.")
  var quiet = false

  @Flag(name: [.short, .long], help: "More on standard error.")
  var verbose = false

  var workers: Int { jobs ?? Machine.cores }

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must be between 1 and 1024, not \(jobs)")
    }
  }

  var usesColour: Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      ProcessInfo.processInfo.environment["NO_COLOR"] == nil && Console.isTerminal(2)
    }
  }
}
