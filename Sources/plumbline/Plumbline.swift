// Entry point: checks the machine, pins the BLAS kernel, parses, maps every error to its status.

import ArgumentParser
import Experience
import Foundation
import LinearAlgebra
import Scoring

@main
struct Plumbline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plumbline",
    abstract:
      "Says what happens in a mechanical scene and how sure that is, and scores predictions of it.",
    discussion: """
      Try first:
        plumbline demo             the whole path in under a minute
        plumbline run SCENE.yaml   one scene, its outcomes and their bands
        plumbline explain tiers    what a number here is worth
      """,
    version: Release.version,
    subcommands: [
      Run.self, Generate.self, Questions.self, ScoreCommand.self, Compare.self, Verify.self,
      Check.self, List.self, View.self, Render.self,
      Explain.self, SchemaCommand.self, Doctor.self, Demo.self,
    ])

  func run() throws { throw CleanExit.helpRequest(self) }

  static func main() {
    signal(SIGPIPE, SIG_IGN)
    let missing = Machine.missingFeatures
    if !missing.isEmpty {
      Console.note(
        "error[E001]: this processor lacks \(missing.joined(separator: ", "))\n  = help: plumbline is built for x86-64 with AVX2 (2013 and later)"
      )
      Foundation.exit(ExitStatus.machineLacks.rawValue)
    }
    KernelPin.apply()
    BLAS.useOneThread()
    Interruption.install()
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let advice = SubcommandAdvice.advice(for: arguments) {
      Console.note(advice)
      Foundation.exit(ExitStatus.usage.rawValue)
    }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      Foundation.exit(status(of: error, arguments).rawValue)
    }
  }

  /// Prints what is to be said about an error, and its exit status.
  static func status(of error: any Error, _ arguments: [String]) -> ExitStatus {
    switch error {
    case let failure as Failure:
      Console.note("error: \(failure.message)" + (failure.help.map { "\n  = help: \($0)" } ?? ""))
      return failure.status
    case let ending as Ending: return ending.status
    case let list as DiagnosticList:
      DiagnosticPrinter(usesColour: ColourChoice.asked(in: arguments).isOn).print(list.diagnostics)
      return .badInput
    case let failure as RunFailure:
      Console.note("error[\(failure.code)]: \(failure.description)")
      return .noResult
    case let problem as RecordingProblem:
      Console.note("error: \(problem.description)\n  = help: \(problem.help)")
      return status(of: problem.kind)
    case let problem as ScoringProblem:
      Console.note("error: \(problem.description)")
      return .badInput
    case let failure as RecordError:
      Console.note("error[Q001]: \(failure.description)")
      return .badInput
    default:
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code == .success {
        // help and version are data
        do { try Console.line(message) } catch { return status(of: error, arguments) }
        return .done
      }
      if code == .validationFailure || code.rawValue == ExitStatus.usage.rawValue {
        Console.note(message)
        return .usage
      }
      Console.note("error: \(message)")
      return .internalError
    }
  }

  private static func status(of kind: RecordingProblem.Kind) -> ExitStatus {
    switch kind {
    case .notARecording, .otherVersion, .truncated, .corrupt: .badInput
    case .unreadable: .inputMissing
    case .unwritable: .cannotCreate
    case .unfit: .noResult
    }
  }
}
