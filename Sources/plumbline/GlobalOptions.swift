// Options that every command has.

import ArgumentParser
import Foundation

enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  var isOn: Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      ProcessInfo.processInfo.environment["NO_COLOR"] == nil && Console.isTerminal(2)
    }
  }

  /// The choice in a command line, for errors that end a command before its options are at hand.
  static func asked(in arguments: [String]) -> ColourChoice {
    for (index, argument) in arguments.enumerated().reversed() {
      let next = index + 1 < arguments.count ? arguments[index + 1] : ""
      let value = argument == "--color" ? next : String(argument.dropFirst("--color=".count))
      if argument == "--color" || argument.hasPrefix("--color="),
        let choice = ColourChoice(rawValue: value)
      {
        return choice
      }
    }
    return .auto
  }
}
enum ProgressChoice: String, ExpressibleByArgument, CaseIterable { case auto, bar, lines, none }

struct FormatOption: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: "Form of standard output: text, or json with one object a line.")
  var value: OutputFormat = .text
}

struct GlobalOptions: ParsableArguments {
  @Option(help: "Colour in messages. NO_COLOR means never.")
  var color: ColourChoice = .auto

  @Option(help: "Progress on standard error.")
  var progress: ProgressChoice = .auto

  @Option(
    name: [.short, .long], help: "Worker threads; results never depend on it. (default: all cores)")
  var jobs: Int?

  @Option(help: "Give up after this many seconds (status 5); what is finished stays.")
  var timeout: Double?

  @Flag(name: [.short, .long], help: "Only errors on standard error.")
  var quiet = false

  @Flag(name: [.short, .long], help: "More on standard error.")
  var verbose = false

  /// Starts the clock of --timeout.
  func start() { if let timeout { Interruption.limit(seconds: timeout) } }

  var workers: Int { jobs ?? Machine.cores }

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must be between 1 and 1024, not \(jobs)")
    }
    if let timeout, !(timeout > 0 && timeout < 1e9) {
      throw ValidationError("--timeout must be above 0 seconds")
    }
  }

  var usesColour: Bool { color.isOn }
}
