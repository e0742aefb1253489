// One instant as a vector picture: triangles from back to front, then the flat shapes.
//
// Painter's order: by distance of the middle of each triangle; forms that pierce each other may
// show a wrong edge. Round bodies of one colour become circles. No OpenGL at all.
// Checked by SVGPictureTests.

import Experience

public struct SVGPicture {
  private struct Face {
    var depth: Double
    var text: String
  }
  private let instant: Instant
  private let options: PictureOptions
  private var lens: Lens { instant.overlay.lens }

  /// - Throws: `ViewerError`, and what the source throws.
  public init(
    of source: any FrameSource, at time: Double, options: PictureOptions = PictureOptions()
  ) throws {
    try options.checked()
    self.options = options
    instant = try Instant(
      source, index: Instant.index(at: time, in: source.times), options: options,
      bounds: Bounds(of: source, options.members), memory: Trails())
  }

  /// The document.
  public var text: String {
    var out = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(options.width)" height="\(options.height)" \
      viewBox="0 0 \(SVGText.number(lens.width)) \(SVGText.number(lens.height))" \
      font-family="DejaVu Sans, Verdana, sans-serif">
      <title>\(SVGText.escaped(instant.overlay.stage.scene)), \
      \(ValueText.time(instant.frame.time))</title>
      <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">\
      <stop offset="0" stop-color="\(options.theme.skyTop.hex)"/>\
      <stop offset="1" stop-color="\(options.theme.skyBottom.hex)"/></linearGradient></defs>
      <rect width="100%" height="100%" fill="url(#sky)"/>

      """
    out += grid()
    for face in faces().sorted(by: { $0.depth > $1.depth }) { out += face.text }
    out += SVGText.items(instant.overlay.picture())
    return out + "</svg>\n"
  }

  /// - Throws: `ViewerError.output`.
  public func write(to path: String) throws(ViewerError) {
    try WholeFile.write(Array(text.utf8), to: path)
  }

  private func grid() -> String {
    let camera = lens.camera
    let grid = GroundGrid(stage: instant.overlay.stage, frame: instant.frame, camera: camera)
    let centre = grid.pose.unplace(camera.target)
    let count = 24
    let base = Point3(
      (centre.x / grid.step).rounded() * grid.step, (centre.y / grid.step).rounded() * grid.step, 0)
    var out = ""
    if grid.isFloor {
      let half = 200 * grid.step
      let corners = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map {
        grid.pose.place(base + Point3($0 * half, $1 * half, 0))
      }
      // each edge is cut at the eye, so that a floor that reaches behind it stays a floor
      var spots: [Spot] = []
      for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
        if let (p, q) = lens.segment(a, b) { spots += [p, q] }
      }
      if spots.count > 2 { out += SVGText.area(spots, options.theme.floor) }
    }
    // in pieces, fainter with the distance
    for line in -count...count {
      for piece in stride(from: -count, to: count, by: 2) {
        let away = max(abs(Double(line)), abs(Double(piece) + 1)) / Double(count)
        guard away < 1 else { continue }
        let (shift, start) = (Double(line) * grid.step, Double(piece) * grid.step)
        let end = start + 2 * grid.step
        for ends in [
          (Point3(shift, start, 0), Point3(shift, end, 0)),
          (Point3(start, shift, 0), Point3(end, shift, 0)),
        ] {
          let (a, b) = (grid.pose.place(base + ends.0), grid.pose.place(base + ends.1))
          guard let (p, q) = lens.segment(a, b), isNear(p), isNear(q) else { continue }
          let colour = options.theme.grid.opacity(0.7 * (1 - away))
          out += SVGText.path([p, q], colour, width: 0.8, isClosed: false)
        }
      }
    }
    return out
  }

  /// Not far outside the picture.
  private func isNear(_ spot: Spot) -> Bool {
    abs(spot.x - 0.5 * lens.width) < 2 * lens.width
      && abs(spot.y - 0.5 * lens.height) < 2 * lens.height
  }

  private func faces() -> [Face] {
    let stage = instant.overlay.stage
    let light = Light(stage: stage, frame: instant.frame, camera: lens.camera)
    var faces: [Face] = []
    for (prop, pose) in zip(stage.props, instant.frame.poses) {
      let colour = prop.isFixed ? options.theme.fixed : Palette.body(prop.colour)
      guard let mesh = SurfaceMesh.whole(prop.shape, meshes: stage.meshes, sides: 24) else {
        continue
      }
      add(mesh, pose, colour, light, stage.up, &faces)
    }
    for surface in instant.frame.surfaces {
      add(SurfaceMesh(smooth: surface), FramePose(), Palette.sky, light, stage.up, &faces)
    }
    for piece in LineForms.pieces(of: instant.frame, lens: lens) {
      guard let (p, q) = lens.segment(piece.from, piece.to),
        let depth = lens.project(0.5 * (piece.from + piece.to))?.depth
      else { continue }
      let width = max(1, 2 * piece.radius * lens.pointsPerMetre(at: piece.from))
      faces.append(
        Face(
          depth: depth, text: SVGText.path([p, q], piece.colour, width: width, isClosed: false)))
    }
    addParticles(&faces)
    return faces
  }

  private func addParticles(_ faces: inout [Face]) {
    let cloud = instant.frame.particles
    let field = instant.overlay.stage.field
    for (index, position) in cloud.positions.enumerated() {
      let point = Point3(position)
      guard let (spot, depth) = lens.project(point) else { continue }
      var colour = Palette.sky
      if cloud.scalars.count == cloud.positions.count, let field, field.high > field.low {
        colour = Palette.field(
          (Double(cloud.scalars[index]) - field.low) / (field.high - field.low))
      }
      let radius = cloud.radius * lens.pointsPerMetre(at: point)
      faces.append(
        Face(depth: depth, text: SVGText.disc(spot, radius: max(0.5, radius), colour)))
    }
  }

  private func add(
    _ mesh: SurfaceMesh, _ pose: FramePose, _ colour: Colour, _ light: Light, _ up: Point3,
    _ faces: inout [Face]
  ) {
    for triangle in 0..<mesh.triangleCount {
      let points = (0..<3).map {
        pose.place(mesh.positions[Int(mesh.indices[3 * triangle + $0])])
      }
      let normal = (points[1] - points[0]).cross(points[2] - points[0]).unit()
      let middle = (points[0] + points[1] + points[2]) / 3
      guard normal.dot(lens.camera.eye - middle) > 0 else { continue }
      let spots = points.compactMap { lens.project($0) }
      guard spots.count == 3 else { continue }
      // half of it from the sky, half from the light
      let bright = 0.45 + 0.15 * normal.dot(up) + 0.5 * max(0, normal.dot(light.direction))
      let lit = colour.mixed(
        with: bright < 0.8 ? Colour(0, 0, 0) : Colour(1, 1, 1),
        bright < 0.8 ? 0.8 * (0.8 - bright) : 0.6 * (bright - 0.8))
      let depth = (spots[0].depth + spots[1].depth + spots[2].depth) / 3
      faces.append(Face(depth: depth, text: SVGText.area(spots.map(\.spot), lit, isSeamless: true)))
    }
  }
}
