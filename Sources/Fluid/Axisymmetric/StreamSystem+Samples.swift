// The samples of a step: velocities at faces, strains at centres and nodes, as forms of ψ.

extension StreamSystem {
  /// Visits every sample whose nodes have values, in a fixed order.
  func visit(_ problem: StreamProblem, _ body: (StreamSample) -> Void) {
    visitFaces(problem, body)
    visitCentres(problem, body)
    visitNodes(problem, body)
  }

  private func visitFaces(_ problem: StreamProblem, _ body: (StreamSample) -> Void) {
    let grid = problem.grid
    let inertia = problem.step.isFinite ? problem.density / problem.step : 0
    for i in (grid.isPlane ? 0 : 1)...grid.nr {
      let metric = grid.metric(Double(i))
      let part = 1 / (metric * grid.hz)
      let floor = StreamSystem.massFloor * metric * grid.hr * grid.hz
      for j in 0..<grid.nz {
        let (low, high) = (grid.node(i, j), grid.node(i, j + 1))
        guard isActive(low), isActive(high) else { continue }
        let weight = problem.weights.rFace(i, j)
        let mass = max(weight, floor)
        let before = problem.rVelocity[i * grid.nz + j]
        let force = problem.density * problem.lateralGravity * weight
        var sample = StreamSample(.face(mass: mass, before: before, force: force))
        sample.isWet = weight > 0.3 / StreamSystem.massFloor * floor
        sample.weight = inertia * mass
        sample.load = inertia * mass * before + force
        if !problem.rPull.isEmpty { sample.load += problem.rPull[i * grid.nz + j] }
        sample.add(low, part)
        sample.add(high, -part)
        body(sample)
      }
    }
    for i in 0..<grid.nr {
      let metric = grid.metric(Double(i) + 0.5)
      let part = 1 / (metric * grid.hr)
      let floor = StreamSystem.massFloor * metric * grid.hr * grid.hz
      for j in 0...grid.nz {
        let (inner, outer) = (grid.node(i, j), grid.node(i + 1, j))
        guard isActive(inner), isActive(outer) else { continue }
        let weight = problem.weights.zFace(i, j)
        let mass = max(weight, floor)
        let before = problem.zVelocity[i * (grid.nz + 1) + j]
        let force = problem.density * problem.gravity * weight
        var sample = StreamSample(.face(mass: mass, before: before, force: force))
        sample.isWet = weight > 0.3 / StreamSystem.massFloor * floor
        sample.weight = inertia * mass
        sample.load = inertia * mass * before + force
        if !problem.zPull.isEmpty { sample.load += problem.zPull[i * (grid.nz + 1) + j] }
        sample.add(inner, -part)
        sample.add(outer, part)
        body(sample)
      }
    }
  }

  private func visitCentres(_ problem: StreamProblem, _ body: (StreamSample) -> Void) {
    let grid = problem.grid
    for i in 0..<grid.nr {
      let inner = grid.metric(Double(i))
      let middle = grid.metric(Double(i) + 0.5)
      let outer = grid.metric(Double(i) + 1)
      let low = inner > 0 ? 1 / (inner * grid.hz) : 0
      let high = 1 / (outer * grid.hz)
      let along = 1 / (middle * grid.hr * grid.hz)
      for j in 0..<grid.nz {
        let weight = strainWeight(
          problem, problem.weights.centre(i, j), ball(problem, 2 * i, 2 * j))
        guard weight > 0 else { continue }
        let (a, b) = (grid.node(i, j), grid.node(i, j + 1))
        let (c, d) = (grid.node(i + 1, j), grid.node(i + 1, j + 1))
        guard isActive(a), isActive(b), isActive(c), isActive(d) else { continue }
        let stiffness = 2 * problem.centreViscosity[i * grid.nz + j] * weight

        let cell = i * grid.nz + j
        var radial = StreamSample(.normal(cell))
        radial.weight = stiffness
        radial.add(a, -low / grid.hr)
        radial.add(b, low / grid.hr)
        radial.add(c, high / grid.hr)
        radial.add(d, -high / grid.hr)
        body(radial)

        if !grid.isPlane {
          var hoop = StreamSample(.normal(cell))
          hoop.weight = stiffness
          hoop.add(a, 0.5 * low / middle)
          hoop.add(b, -0.5 * low / middle)
          hoop.add(c, 0.5 * high / middle)
          hoop.add(d, -0.5 * high / middle)
          body(hoop)
        }

        var axial = StreamSample(.normal(cell))
        axial.weight = stiffness
        axial.add(a, along)
        axial.add(b, -along)
        axial.add(c, -along)
        axial.add(d, along)
        body(axial)
      }
    }
  }

  private func visitNodes(_ problem: StreamProblem, _ body: (StreamSample) -> Void) {
    let grid = problem.grid
    for i in 0...grid.nr {
      let metric = grid.metric(Double(i))
      if i == 0, !grid.isPlane || problem.left != .wall { continue }
      let across = metric > 0 ? 0.5 / (metric * grid.hz * grid.hz) : 0
      for j in 0...grid.nz {
        let weight = strainWeight(
          problem, problem.weights.node(i, j), ball(problem, 2 * i - 1, 2 * j - 1))
        guard weight > 0, let mirror = mirror(problem, i, j) else { continue }
        let here = grid.node(i, j)
        var sample = StreamSample(.shear(here))
        sample.weight = 4 * problem.nodeViscosity[here] * weight
        // u_r above and below; at a wall the missing one is the negative of the other
        let up = j < grid.nz ? j + 1 : j - 1
        let down = j > 0 ? j - 1 : j + 1
        sample.add(grid.node(i, up), -across)
        sample.add(here, 2 * across)
        sample.add(grid.node(i, down), -across)
        // u_z outside and inside
        let outer = i < grid.nr ? i + 1 : i - 1
        let inner = i > 0 ? i - 1 : i + 1
        let outside =
          0.5 / (grid.metric(Double(i) + (i < grid.nr ? 0.5 : -0.5)) * grid.hr * grid.hr)
        let inside = 0.5 / (grid.metric(Double(i) + (i > 0 ? -0.5 : 0.5)) * grid.hr * grid.hr)
        sample.add(grid.node(outer, j), outside)
        sample.add(here, -outside - inside)
        sample.add(grid.node(inner, j), inside)
        sample.offset = mirror
        guard (0..<sample.count).allSatisfy({ isActive(sample.nodes[$0]) }) else { continue }
        body(sample)
      }
    }
  }

  /// Shear strain that a moving wall adds at a node; nil where the end carries no shear.
  @inline(__always)
  private func mirror(_ problem: StreamProblem, _ i: Int, _ j: Int) -> Double? {
    let grid = problem.grid
    var strain = 0.0
    if j == 0 {
      guard problem.bottom == .wall else { return nil }
    } else if j == grid.nz {
      guard problem.top == .wall || Double(i) * grid.hr < problem.nozzle else { return nil }
      strain = problem.lidSpeed / grid.hz
    }
    if i == grid.nr {
      guard problem.side == .wall, j <= problem.rim else { return nil }
    } else if i == 0, problem.left != .wall {
      return nil
    }
    return strain
  }

  /// Volume of the ball in the four half cells of a sample.
  @inline(__always)
  private func ball(_ problem: StreamProblem, _ a: Int, _ b: Int) -> Double {
    guard !problem.ballHalves.isEmpty else { return 0 }
    let (columns, rows) = (2 * problem.grid.nr, 2 * problem.grid.nz)
    var sum = 0.0
    for x in max(0, a)...min(columns - 1, a + 1) {
      for y in max(0, b)...min(rows - 1, b + 1) { sum += problem.ballHalves[x * rows + y] }
    }
    return sum
  }

  /// Stress acts in the liquid alone, strain is of the whole sample: the compliance, not the
  /// stiffness, is the liquid's share.
  @inline(__always)
  private func strainWeight(
    _ problem: StreamProblem, _ liquid: Double, _ ball: Double
  ) -> Double {
    guard ball > 0 else { return liquid }
    let whole = liquid + ball
    return whole / max(liquid / whole, 1e-3)
  }
}
