// Which mesh each prop is drawn with, and how it lies: instances sorted by mesh.

import Experience

/// Props that are drawn with the same triangles share a form.
enum MeshForm: Hashable {
  case sphere, box, cylinder, tube, square
  case capsule(radius: Double, halfLength: Double)
  case mesh(Int)
  case bowl, pipe

  /// Casts a shadow; what is looked into would lie in its own.
  var casts: Bool { self != .bowl && self != .pipe && self != .square }
}

/// Everything of one frame that is drawn as lit triangles, floors apart.
struct BodyList {
  var bodies: [MeshForm: [MeshInstance]] = [:]
  var floors: [MeshInstance] = []

  init(stage: Stage, frame: Frame, lens: Lens, theme: Theme, chosen: Int?) {
    let reach = 40 * lens.camera.sceneRadius
    for (index, (prop, pose)) in zip(stage.props, frame.poses).enumerated() {
      var colour = prop.isFixed ? theme.fixed : Palette.body(prop.colour)
      if index == chosen { colour = colour.mixed(with: Colour(1, 1, 1), 0.35) }
      add(prop.shape, pose, colour, isFixed: prop.isFixed, reach: reach, theme: theme)
    }
    for piece in LineForms.pieces(of: frame, lens: lens) { add(piece) }
    let grid = GroundGrid(stage: stage, frame: frame, camera: lens.camera)
    if !grid.isFloor {
      floors.append(
        BodyList.instance(
          grid.pose, Point3(reach, reach, 1), theme.floor.opacity(0), .plain))
    }
  }

  private mutating func add(
    _ shape: PropShape, _ pose: FramePose, _ colour: Colour, isFixed: Bool, reach: Double,
    theme: Theme
  ) {
    let turning: MeshInstance.Pattern = isFixed ? .plain : .octants
    func put(_ form: MeshForm, _ scale: Point3, _ pattern: MeshInstance.Pattern) {
      bodies[form, default: []].append(BodyList.instance(pose, scale, colour, pattern))
    }
    switch shape {
    case .sphere(let r): put(.sphere, Point3(r, r, r), turning)
    case .box(let half): put(.box, half, .edges)
    case .capsule(let r, let h):
      put(.capsule(radius: r, halfLength: h), Point3(1, 1, 1), turning)
    case .cylinder(let r, let h): put(.cylinder, Point3(r, r, h), turning)
    case .mesh(let index): put(.mesh(index), Point3(1, 1, 1), .plain)
    case .plane:
      floors.append(BodyList.instance(pose, Point3(reach, reach, 1), theme.floor, .plain))
    case .bowl(let r): put(.bowl, Point3(r, r, r), .plain)
    case .pipe(let r): put(.pipe, Point3(r, r, max(reach, 20 * r)), .plain)
    }
  }

  private mutating func add(_ piece: LinePiece) {
    let run = piece.to - piece.from
    guard run.length > 0 else { return }
    let pose = FramePose(
      position: 0.5 * (piece.from + piece.to), turn: GroundGrid.turn(to: run.unit()))
    let r = piece.radius
    bodies[.tube, default: []].append(
      BodyList.instance(pose, Point3(r, r, 0.5 * run.length), piece.colour, .plain))
    // a ball at the joint closes the bend
    let joint = FramePose(position: piece.to)
    bodies[.sphere, default: []].append(
      BodyList.instance(joint, Point3(r, r, r), piece.colour, .plain))
  }

  private static func instance(
    _ pose: FramePose, _ scale: Point3, _ colour: Colour, _ pattern: MeshInstance.Pattern
  ) -> MeshInstance {
    func column(_ axis: Point3, _ w: Float) -> SIMD4<Float> {
      SIMD4(Float(axis.x), Float(axis.y), Float(axis.z), w)
    }
    return MeshInstance(
      model: (
        column(pose.turned(Point3(scale.x, 0, 0)), 0),
        column(pose.turned(Point3(0, scale.y, 0)), 0),
        column(pose.turned(Point3(0, 0, scale.z)), 0), column(pose.position, 1)
      ),
      colour: colour.floats,
      extra: SIMD4(Float(scale.x), Float(scale.y), Float(scale.z), pattern.rawValue))
  }
}
