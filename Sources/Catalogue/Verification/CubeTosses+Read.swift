// Reads a prepared tosses.jsonl: one header line, then one toss a line; every defect has its line.
//
// Checked by  CubeTossReadingTests: a whole file, and a file for every sentence below

import Experience
import RigidBody

/// Why a file of tosses is refused.
public struct CubeTossProblem: Error, Sendable, Hashable {
  /// Counts from 1; `nil` if the file as a whole is meant.
  public let line: Int?
  public let message: String
  public let help: String
  init(_ line: Int?, _ message: String, help: String) {
    (self.line, self.message, self.help) = (line, message, help)
  }
}

extension CubeTosses {
  /// The word in the header that says what the file is.
  public static let format = "contactnets-tosses-1"
  static let columns = [
    "x", "y", "z", "qw", "qx", "qy", "qz", "vx", "vy", "vz", "wx", "wy", "wz",
  ]
  static let again = "prepare the file again with benchmarks/contactnets/prepare.py"
  /// Fewest rows of a toss: three for the free flight, one for the rest.
  static let fewestRows = 4

  public static func parse(_ text: String) throws(CubeTossProblem) -> CubeTosses {
    var setup: CubeTossSetup?
    var tosses: [CubeToss] = []
    var lineOfToss: [Int: Int] = [:]
    var announced: Int?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let number = index + 1
      if line.allSatisfy(\.isWhitespace) { continue }
      let json: JSON
      do { json = try JSON.parse(String(line)) } catch {
        throw CubeTossProblem(
          number, "no JSON: \(error.message) (byte \(error.offset + 1) of the line)", help: again)
      }
      guard setup != nil else {
        setup = try header(json, number)
        announced = json["tosses"]?.number.flatMap { Int(exactly: $0) }
        continue
      }
      let toss = try self.toss(json, number)
      if let first = lineOfToss.updateValue(number, forKey: toss.number) {
        throw CubeTossProblem(
          number, "toss \(toss.number) is already in line \(first)",
          help: "give each toss its own number; even ones are fitted, odd ones judged")
      }
      tosses.append(toss)
    }
    guard let setup else {
      throw CubeTossProblem(1, "the file is empty: its first line is a header object", help: again)
    }
    if let announced, announced != tosses.count {
      throw CubeTossProblem(
        nil, "the header announces \(announced) tosses and \(tosses.count) are there",
        help: "the file may have been cut off: " + again)
    }
    let file = CubeTosses(setup: setup, tosses: tosses.sorted { $0.number < $1.number })
    guard !file.fitted.isEmpty, !file.judged.isEmpty else {
      throw CubeTossProblem(
        nil, "\(tosses.count) tosses cannot be split into a half to fit and a half to judge",
        help: "at least one toss with an even number and one with an odd number are needed")
    }
    return file
  }

  private static func header(
    _ json: JSON, _ line: Int
  ) throws(CubeTossProblem) -> CubeTossSetup {
    guard json["format"]?.text == format else {
      throw CubeTossProblem(
        line, "the first line is no header with \"format\":\"\(format)\"", help: again)
    }
    if let columns = json["columns"]?.texts, columns != self.columns {
      throw CubeTossProblem(
        line, "the columns are \(columns.joined(separator: " "))",
        help: "expected: " + self.columns.joined(separator: " "))
    }
    let cube = json["cube"]
    func positive(_ name: String, _ value: JSON?) throws(CubeTossProblem) -> Double {
      guard let number = value?.number, number.isFinite, number > 0 else {
        throw CubeTossProblem(
          line, "the header has no number above 0 for `\(name)`", help: again)
      }
      return number
    }
    return CubeTossSetup(
      rate: try positive("rate_hz", json["rate_hz"]),
      lengthUnit: try positive("length_unit_m", json["length_unit_m"]),
      halfWidth: try positive("cube.half_width_m", cube?["half_width_m"]),
      mass: try positive("cube.mass_kg", cube?["mass_kg"]),
      inertia: try positive("cube.inertia_kg_m2", cube?["inertia_kg_m2"]),
      gravity: try positive(
        "identified.gravity_m_s2", json["identified"]?["gravity_m_s2"] ?? .number(9.81)))
  }

  private static func toss(_ json: JSON, _ line: Int) throws(CubeTossProblem) -> CubeToss {
    guard let value = json["toss"]?.number, let number = Int(exactly: value), number >= 0 else {
      throw CubeTossProblem(
        line, "`toss` is no whole number from 0", help: "expected {\"toss\":0,\"rows\":[[…],…]}")
    }
    guard let rows = json["rows"]?.array else {
      throw CubeTossProblem(
        line, "toss \(number) has no list `rows`", help: "expected {\"toss\":0,\"rows\":[[…],…]}")
    }
    guard rows.count >= fewestRows else {
      throw CubeTossProblem(
        line, "toss \(number) has \(rows.count) rows; at least \(fewestRows) are needed",
        help: again)
    }
    var list: [CubeTossRow] = []
    list.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      guard let n = row.numbers, n.count == columns.count, n.allSatisfy(\.isFinite) else {
        throw CubeTossProblem(
          line, "row \(index) of toss \(number) is no list of \(columns.count) finite numbers",
          help: "expected: " + columns.joined(separator: " "))
      }
      let orientation = Quaternion(w: n[3], x: n[4], y: n[5], z: n[6])
      guard abs(orientation.norm - 1) < 1e-3 else {
        throw CubeTossProblem(
          line,
          "row \(index) of toss \(number): the quaternion has the length \(orientation.norm), not 1",
          help: "columns 3 to 6 are qw qx qy qz, real part first")
      }
      list.append(
        CubeTossRow(
          position: Vector3(x: n[0], y: n[1], z: n[2]), orientation: orientation.normalized,
          velocity: Vector3(x: n[7], y: n[8], z: n[9]),
          spinInBody: Vector3(x: n[10], y: n[11], z: n[12])))
    }
    return CubeToss(number: number, rows: list)
  }
}
