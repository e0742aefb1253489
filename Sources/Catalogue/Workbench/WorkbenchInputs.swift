// The numbers of a workbench scene in the order in which they are drawn, each with its path.

import Experience

struct WorkbenchInputs: Sendable {
  private(set) var list: [InputParameter] = []
  /// Inputs that say where the surface of a body is, with the index of that body; −1 for anchors.
  private(set) var surfaces: [Int: Int] = [:]

  mutating func add(
    _ path: String, _ law: Law, _ range: ClosedRange<Double> = -1e300...1e300, surface: Int? = nil
  ) -> Int {
    list.append(InputParameter(path: path, law: law, range: range))
    if let surface { surfaces[list.count - 1] = surface }
    return list.count - 1
  }

  /// The quantity at a key of a section, or a value that stands for its absence.
  mutating func add(
    _ section: SceneSection?, _ key: String, at path: String, or value: Double = 0,
    surface: Int? = nil
  ) -> Int {
    guard case .quantity(let quantity, let kind)? = section?[key] else {
      return add("\(path).\(key)", .exact(value), surface: surface)
    }
    let low = kind.excludesLowerEnd ? max(kind.range.lowerBound, 1e-300) : kind.range.lowerBound
    return add(
      "\(path).\(key)", quantity.law, low...kind.range.upperBound, surface: surface)
  }

  /// The same, and nil where the key is absent.
  mutating func addIfGiven(_ section: SceneSection?, _ key: String, at path: String) -> Int? {
    section?.quantity(key) == nil ? nil : add(section, key, at: path)
  }

  /// Three components; zeros where there are none.
  mutating func add(_ vector: [Quantity]?, at path: String, surface: Int? = nil) -> [Int] {
    let laws = vector?.map(\.law) ?? [.exact(0), .exact(0), .exact(0)]
    return zip(["x", "y", "z"], laws).map { add("\(path).\($0)", $1, surface: surface) }
  }

  mutating func add(
    vector section: SceneSection?, _ key: String, at path: String, surface: Int? = nil
  ) -> [Int] {
    add(section?.vector(key), at: "\(path).\(key)", surface: surface)
  }
}
