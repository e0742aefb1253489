// The fields of an answer under the names that readers know: two or three, so found by looking at each.
//
// Checked by   PredictionReaderTests.

struct AnswerFields {
  private var fields: [(name: String, value: JSON)] = []

  /// Of equal names the last one counts.
  subscript(name: String) -> JSON? {
    get { fields.first { $0.name == name }?.value }
    set {
      fields.removeAll { $0.name == name }
      if let newValue { fields.append((name, newValue)) }
    }
  }
}
