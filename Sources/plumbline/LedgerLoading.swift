// Ledgers and the data sets that they name, for `score`.

import Experience
import Foundation
import Scoring

enum LedgerLoading {
  /// The ledger held against the scored data set and those in `folders`; without a ledger the
  /// experience is undeclared.
  static func scope(
    ledger path: String?, folders: [String], scored: () throws -> LedgerScope.Known
  ) throws -> (scope: LedgerScope, warnings: [Diagnostic]) {
    guard let path else { return (LedgerScope(nil, known: []), []) }
    let (ledger, warnings) = try LedgerReader.read([UInt8](try Files.read(path)), path: path)
    var known = [try scored()]
    for folder in folders { known.append(try Dataset.read(folder).known) }
    let scope = LedgerScope(ledger, path: path, known: known)
    return (scope, warnings + scope.warnings)
  }
}

extension Dataset {
  /// Its instances as the range sees them, from questions, truths and experiences.
  var known: LedgerScope.Known {
    var instances: [Experienced] = []
    var seen: Set<String> = []
    for question in questions where seen.insert(question.instance).inserted {
      instances.append(Experienced(question))
    }
    for truth in calibration + outcomes {
      guard let instance = Experienced(truth), seen.insert(instance.id).inserted else { continue }
      instances.append(instance)
    }
    for record in experiences where seen.insert(record.id).inserted {
      instances.append(Experienced(record))
    }
    return LedgerScope.Known(hash: Dataset.hash(of: manifest), name: id, instances: instances)
  }
}
