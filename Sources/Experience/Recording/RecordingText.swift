// Stage and notes of a recording as JSON, the parts of the file that any program can read.
//
// Numbers are the shortest decimals that read back to the same double; null stands for one that is not
// finite. Words of enumerations are those of the cases.

extension RecordingGrid {
  var json: JSON {
    .object([
      ("position", .number(position)), ("velocity", .number(velocity)), ("spin", .number(spin)),
      ("mark", .number(mark)), ("smallest-force", .number(smallestForce)),
      ("particle-origin", RecordingText.point(particleOrigin)), ("particle", .number(particle)),
      ("scalar-low", .number(scalarLow)), ("scalar", .number(scalar)),
    ])
  }

  init(json: JSON) throws(RecordingProblem) {
    self.init()
    func step(_ key: String) throws(RecordingProblem) -> Double {
      let value = try RecordingText.number(json, key)
      guard value > 0 else { throw .corrupt("the step `\(key)` is \(value)") }
      return value
    }
    (position, velocity, spin) = (try step("position"), try step("velocity"), try step("spin"))
    (mark, particle, scalar) = (try step("mark"), try step("particle"), try step("scalar"))
    smallestForce = try RecordingText.number(json, "smallest-force")
    scalarLow = try RecordingText.number(json, "scalar-low")
    particleOrigin = try RecordingText.point(json["particle-origin"])
  }
}

enum RecordingText {
  // MARK: Pieces

  static func point(_ value: Point3) -> JSON { .numbers([value.x, value.y, value.z]) }

  static func numbers(
    _ json: JSON?, count: Int
  ) throws(RecordingProblem) -> [Double] {
    guard let numbers = json?.numbers, numbers.count == count, numbers.allSatisfy(\.isFinite) else {
      throw .corrupt("the header has no list of \(count) numbers where one belongs")
    }
    return numbers
  }

  static func point(_ json: JSON?) throws(RecordingProblem) -> Point3 {
    let numbers = try numbers(json, count: 3)
    return Point3(numbers[0], numbers[1], numbers[2])
  }

  static func number(_ json: JSON, _ key: String) throws(RecordingProblem) -> Double {
    guard let number = json[key]?.number, number.isFinite else {
      throw .corrupt("the header has no number `\(key)`")
    }
    return number
  }

  static func index(
    _ json: JSON?, below limit: Int, _ key: String
  ) throws(RecordingProblem) -> Int {
    guard let number = json?.number, let index = Int(exactly: number), index >= 0, index < limit
    else { throw .corrupt("the header has no whole number `\(key)` below \(limit)") }
    return index
  }

  static func text(_ json: JSON, _ key: String) throws(RecordingProblem) -> String {
    guard let text = json[key]?.text else { throw .corrupt("the header has no text `\(key)`") }
    return text
  }

  static func list(_ json: JSON, _ key: String) throws(RecordingProblem) -> [JSON] {
    guard let list = json[key]?.array else { throw .corrupt("the header has no list `\(key)`") }
    return list
  }

  // MARK: Stage

  static func json(_ stage: Stage) -> JSON {
    .object([
      ("scene", .text(stage.scene)), ("experience", .text(stage.experience)),
      ("about", .text(stage.about)), ("gravity", point(stage.gravity)),
      ("props", .array(zip(stage.props, stage.poses).map(json))),
      ("meshes", .array(stage.meshes.map(json))),
      (
        "field",
        stage.field.map {
          .object([
            ("name", .text($0.name)), ("unit", .text($0.unit)), ("low", .number($0.low)),
            ("high", .number($0.high)),
          ])
        }
      ),
    ])
  }

  private static func json(_ prop: Prop, _ pose: FramePose) -> JSON {
    .object([
      ("name", .text(prop.name)), ("shape", json(prop.shape)), ("mass", .number(prop.mass)),
      ("fixed", .bool(prop.isFixed)), ("colour", .number(Double(prop.colour))),
      ("centre-of-mass", point(prop.centreOfMass)), ("position", point(pose.position)),
      ("quaternion-xyzw", .numbers([pose.turn.x, pose.turn.y, pose.turn.z, pose.turn.w])),
      ("velocity", point(pose.velocity)), ("spin", point(pose.spin)),
    ])
  }

  private static func json(_ shape: PropShape) -> JSON {
    switch shape {
    case .sphere(let radius): .object([("sphere", .numbers([radius]))])
    case .box(let half): .object([("box", point(half))])
    case .capsule(let radius, let half): .object([("capsule", .numbers([radius, half]))])
    case .cylinder(let radius, let half): .object([("cylinder", .numbers([radius, half]))])
    case .mesh(let index): .object([("mesh", .numbers([Double(index)]))])
    case .plane: .object([("plane", .numbers([]))])
    case .bowl(let radius): .object([("bowl", .numbers([radius]))])
    case .pipe(let radius): .object([("pipe", .numbers([radius]))])
    }
  }

  private static func json(_ mesh: TriangleMesh) -> JSON {
    .object([
      ("vertices", .numbers(mesh.vertices.flatMap { [$0.x, $0.y, $0.z] })),
      (
        "triangles",
        .numbers(mesh.triangles.flatMap { [Double($0.x), Double($0.y), Double($0.z)] })
      ),
      ("scalars", .numbers(mesh.scalars.map { Double($0) })),
    ])
  }

  static func stage(_ json: JSON) throws(RecordingProblem) -> Stage {
    var stage = Stage(
      scene: try text(json, "scene"), experience: try text(json, "experience"),
      about: try text(json, "about"), gravity: try point(json["gravity"]))
    for mesh in try list(json, "meshes") { stage.meshes.append(try self.mesh(mesh)) }
    for prop in try list(json, "props") {
      let turn = try numbers(prop["quaternion-xyzw"], count: 4)
      stage.poses.append(
        FramePose(
          position: try point(prop["position"]), turn: Turn(turn[0], turn[1], turn[2], turn[3]),
          velocity: try point(prop["velocity"]), spin: try point(prop["spin"])))
      stage.props.append(
        Prop(
          name: try text(prop, "name"),
          shape: try shape(prop["shape"], meshes: stage.meshes.count),
          mass: try number(prop, "mass"), isFixed: prop["fixed"]?.bool ?? false,
          colour: try index(prop["colour"], below: 1 << 30, "colour"),
          centreOfMass: try point(prop["centre-of-mass"])))
    }
    if let field = json["field"] {
      stage.field = ScalarField(
        name: try text(field, "name"), unit: try text(field, "unit"),
        low: try number(field, "low"), high: try number(field, "high"))
    }
    return stage
  }

  private static func shape(
    _ json: JSON?, meshes: Int
  ) throws(RecordingProblem) -> PropShape {
    guard let object = json?.object, let word = object.keys.first,
      let sizes = object[word]?.numbers,
      sizes.allSatisfy(\.isFinite)
    else { throw .corrupt("a prop has no shape") }
    switch (word, sizes.count) {
    case ("sphere", 1): return .sphere(radius: sizes[0])
    case ("box", 3): return .box(half: Point3(sizes[0], sizes[1], sizes[2]))
    case ("capsule", 2): return .capsule(radius: sizes[0], halfLength: sizes[1])
    case ("cylinder", 2): return .cylinder(radius: sizes[0], halfLength: sizes[1])
    case ("mesh", 1): return .mesh(try index(.number(sizes[0]), below: meshes, "mesh"))
    case ("plane", 0): return .plane
    case ("bowl", 1): return .bowl(radius: sizes[0])
    case ("pipe", 1): return .pipe(radius: sizes[0])
    default: throw .corrupt("a prop has the shape `\(word)` of \(sizes.count) numbers")
    }
  }

  private static func mesh(_ json: JSON) throws(RecordingProblem) -> TriangleMesh {
    guard let vertices = json["vertices"]?.numbers, vertices.count.isMultiple(of: 3),
      let triangles = json["triangles"]?.numbers, triangles.count.isMultiple(of: 3),
      let scalars = json["scalars"]?.numbers,
      scalars.isEmpty || 3 * scalars.count == vertices.count,
      vertices.allSatisfy(\.isFinite)
    else { throw .corrupt("a mesh has no vertices or triangles") }
    var mesh = TriangleMesh(scalars: scalars.map { Float($0) })
    for k in stride(from: 0, to: vertices.count, by: 3) {
      mesh.vertices.append(Point3(vertices[k], vertices[k + 1], vertices[k + 2]))
    }
    for k in stride(from: 0, to: triangles.count, by: 3) {
      var triangle = SIMD3<UInt32>()
      for corner in 0..<3 {
        triangle[corner] = UInt32(
          try index(.number(triangles[k + corner]), below: mesh.vertices.count, "vertex"))
      }
      mesh.triangles.append(triangle)
    }
    return mesh
  }

  // MARK: Notes

  static func json(_ notes: RecordingNotes) -> JSON {
    .object([
      (
        "events",
        .array(
          notes.events.map {
            .object([
              ("kind", .text($0.kind)), ("time", .number($0.time)), ("text", .text($0.text)),
              ("point", $0.point.map(point)),
            ])
          })
      ),
      (
        "series",
        .array(
          notes.series.map {
            .object([
              ("name", .text($0.name)), ("unit", .text($0.unit)), ("values", .numbers($0.values)),
            ])
          })
      ),
      ("outcomes", .array(notes.outcomes.map(json))),
      (
        "audits",
        .array(
          notes.audits.map { .object([("name", .text($0.name)), ("value", .number($0.value))]) })
      ),
      ("warnings", .texts(notes.warnings)), ("perturbed", .bool(notes.isPerturbed)),
      ("scene-hash", .text(notes.sceneHash)),
    ])
  }

  private static func json(_ outcome: OutcomeMark) -> JSON {
    .object([
      ("name", .text(outcome.name)), ("unit", .text(outcome.unit)),
      ("value", .number(outcome.value)), ("band", .number(outcome.band)),
      ("status", .text(outcome.status)), ("tier", .text(outcome.tier)),
      ("event", .bool(outcome.isEvent)), ("known-at", outcome.knownAt.map { .number($0) }),
    ])
  }

  static func notes(_ json: JSON) throws(RecordingProblem) -> RecordingNotes {
    var notes = RecordingNotes(
      warnings: json["warnings"]?.texts ?? [], isPerturbed: json["perturbed"]?.bool ?? false,
      sceneHash: try text(json, "scene-hash"))
    for event in try list(json, "events") {
      notes.events.append(
        EventMark(
          kind: try text(event, "kind"), time: try number(event, "time"),
          text: try text(event, "text"),
          point: try event["point"].map { json throws(RecordingProblem) in try point(json) }))
    }
    for series in try list(json, "series") {
      notes.series.append(
        PlotSeries(
          name: try text(series, "name"), unit: try text(series, "unit"),
          values: try list(series, "values").map { $0.number ?? .nan }))
    }
    for outcome in try list(json, "outcomes") {
      notes.outcomes.append(
        OutcomeMark(
          name: try text(outcome, "name"), unit: try text(outcome, "unit"),
          value: outcome["value"]?.number ?? .nan, band: outcome["band"]?.number ?? .infinity,
          status: try text(outcome, "status"), tier: try text(outcome, "tier"),
          isEvent: outcome["event"]?.bool ?? false, knownAt: outcome["known-at"]?.number))
    }
    for audit in try list(json, "audits") {
      notes.audits.append(NamedNumber(try text(audit, "name"), audit["value"]?.number ?? .nan))
    }
    return notes
  }
}
