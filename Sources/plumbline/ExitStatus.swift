// Exit statuses: part of the contract, listed in every help page.

import ArgumentParser

/// Why the program ends.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case answerIsNo = 1
  case noResult = 2
  case noVerdict = 3
  case nothingSelected = 4
  case incomplete = 5
  case usage = 64
  case badInput = 65
  case inputMissing = 66
  case machineLacks = 69
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74
  case interrupted = 130
  case terminated = 143

  var meaning: String {
    switch self {
    case .done: "done"
    case .answerIsNo: "the answer is no: a requirement, a verification or a check failed"
    case .noResult: "no result: a run could not be finished"
    case .noVerdict: "no verdict: MARGINAL or unresolved; a human has to look"
    case .nothingSelected: "nothing was selected"
    case .incomplete: "incomplete: run the same command again"
    case .usage: "wrong usage"
    case .badInput: "an input file has errors"
    case .inputMissing: "an input file is missing or cannot be read"
    case .machineLacks: "the machine lacks something (AVX2, a display)"
    case .internalError: "internal error: please report it"
    case .cannotCreate: "an output file cannot be created"
    case .inputOutput: "reading or writing failed (disk full)"
    case .interrupted: "interrupted"
    case .terminated: "terminated"
    }
  }

  /// For help pages.
  static func table(_ statuses: [ExitStatus]) -> String {
    "EXIT STATUS\n"
      + statuses.map { status in
        let number = String(status.rawValue)
        return "  " + number + String(repeating: " ", count: 5 - number.count) + status.meaning
      }.joined(separator: "\n")
  }

  static let common: [ExitStatus] = [.done, .usage, .badInput, .inputMissing, .inputOutput]
}

/// An error that ends the program with a status and a sentence.
struct Failure: Error {
  let status: ExitStatus
  let message: String
  let help: String?

  init(_ status: ExitStatus, _ message: String, help: String? = nil) {
    (self.status, self.message, self.help) = (status, message, help)
  }
}

/// Ends quietly with a status after everything has been said.
struct Ending: Error { let status: ExitStatus }
