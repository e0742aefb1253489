// What readers of records ask of a JSON value: one reader then serves a tree of values and a tape.
//
// Checked by  RecordScannerTests (the same records from both).

/// A JSON value that can be read field by field.
protocol JSONReadable {
  /// The field of an object, or `nil` when there is none or this is no object.
  subscript(key: String) -> Self? { get }
  /// Fields in order; none where this is no object.
  var fields: [(key: String, value: Self)] { get }
  /// Elements; `nil` where this is no list.
  var array: [Self]? { get }
  var text: String? { get }
  var isText: Bool { get }
  var number: Double? { get }
  /// The numbers of a list, or `nil` if any element is something else.
  var numbers: [Double]? { get }
  /// The texts of a list, or `nil` if any element is something else.
  var texts: [String]? { get }
  /// The value as a tree.
  var json: JSON { get }
}

extension JSON: JSONReadable {
  var fields: [(key: String, value: JSON)] { object?.pairs ?? [] }
  var isText: Bool { if case .text = self { true } else { false } }
  var json: JSON { self }
}
