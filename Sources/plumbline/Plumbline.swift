// Entry point: checks the machine, pins the BLAS kernel, parses, maps every error to its status.

import ArgumentParser
import Experience
import Foundation
import LinearAlgebra

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
      Run.self, Generate.self, Questions.self, ScoreCommand.self, Verify.self, Check.self,
      List.self,
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
}

/// "Did you mean" for a subcommand: the argument parser has it for options only.
enum SubcommandAdvice {
  static func advice(for arguments: [String]) -> String? {
    guard let word = arguments.first, !word.hasPrefix("-") else { return nil }
    let names =
      Plumbline.configuration.subcommands.map { $0.configuration.commandName ?? "" } + ["help"]
    guard !names.contains(word) else { return nil }
    let suggestion = Spelling.nearest(to: word, among: names)
    return "error: unknown command `\(word)`"
      + (suggestion.map { "\n  = help: did you mean `plumbline \($0)`?" }
        ?? "\n  = help: commands are \(names.joined(separator: ", "))")
  }
}

/// OpenBLAS picks its kernels when it is loaded, from OPENBLAS_CORETYPE: pinning them means starting
/// again. An environment that already chose is respected.
enum KernelPin {
  static func apply() {
    let environment = ProcessInfo.processInfo.environment
    guard environment["OPENBLAS_CORETYPE"] == nil, BLAS.kernel != "Haswell" else { return }
    setenv("OPENBLAS_CORETYPE", "Haswell", 1)
    setenv("PLUMBLINE_KERNEL_PINNED", "1", 1)
    setenv("OPENBLAS_NUM_THREADS", "1", 0)
    let arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    execv("/proc/self/exe", arguments)
    // without a new start the kernels stay as they are, and the provenance says which
  }
}
