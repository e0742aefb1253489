// Advice for a misspelt subcommand.

import ArgumentParser
import Experience

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
