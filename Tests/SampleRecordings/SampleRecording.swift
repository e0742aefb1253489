import Experience
import Foundation

/// Recordings with known motion, made without any solver.
public enum SampleRecording {
  /// Numbers that look random and are the same everywhere.
  public struct Noise {
    var state: UInt64
    public init(state: UInt64) { self.state = state }
    public mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    public mutating func vector(_ size: Double) -> Point3 {
      Point3(size * (2 * next() - 1), size * (2 * next() - 1), size * (2 * next() - 1))
    }
  }

  public static func turn(_ axis: Point3, _ angle: Double) -> Turn {
    let unit = axis / (axis * axis).sum().squareRoot()
    return Turn(unit * sin(0.5 * angle), cos(0.5 * angle))
  }

  /// Bodies that fly, tumble and bounce, and a floor, each with `contacts` contacts that slide while
  /// it is low.
  public static func bodies(
    _ count: Int, frames: Int, contacts: Int = 4, rate: Double = 60
  ) -> Recording {
    var noise = Noise(state: 7)
    var props = [Prop(name: "floor", shape: .plane, isFixed: true)]
    var poses = [FramePose(turn: turn(Point3(0, 1, 0), 0.1))]
    var axes: [Point3] = []
    var starts: [(place: Point3, speed: Point3, spin: Double)] = []
    for index in 0..<count {
      props.append(
        Prop(
          name: "box-\(index)", shape: .box(half: Point3(0.1, 0.2, 0.15)), mass: 2, colour: index))
      axes.append(noise.vector(1) + Point3(0, 0, 1.5))
      starts.append((noise.vector(3), noise.vector(2), 10 * noise.next()))
      poses.append(FramePose(position: starts[index].place))
    }
    let stage = Stage(
      scene: "sample", experience: "test", about: "boxes that bounce", props: props, poses: poses)
    var recording = Recording(stage: stage)
    for number in 0..<frames {
      let time = Double(number) / rate
      var frame = Frame(time: time, poses: [poses[0]])
      for index in 0..<count {
        let start = starts[index]
        // a bounce lasts one second, and its height is 1.2 m
        let phase = (time + start.spin).truncatingRemainder(dividingBy: 1)
        let height = 4.9 * phase * (1 - phase)
        var position = start.place + time * start.speed * 0.05
        position.z = height
        let angle = start.spin * time + 0.3 * sin(3 * time)
        let axis = axes[index]
        let spin = axis * ((start.spin + 0.9 * cos(3 * time)) / (axis * axis).sum().squareRoot())
        frame.poses.append(
          FramePose(
            position: position, turn: turn(axis, angle),
            velocity: Point3(start.speed.x, start.speed.y, 4.9 - 9.8 * phase), spin: spin))
        for corner in 0..<contacts {
          let push = 5 + sin(7 * time + Double(corner) + start.spin)
          frame.contacts.append(
            ContactMark(
              point: position + 0.1 * Point3(cos(angle + Double(corner)), sin(angle), -1),
              normal: Point3(0, 0, 1), force: Point3(0.3 * push * cos(angle), 0.1, push),
              friction: 0.3, state: phase < 0.2 ? .sliding : .sticking, a: index + 1, b: 0))
        }
      }
      recording.frames.append(frame)
    }
    return recording
  }

  /// A swirl of particles with numbers and scalars.
  public static func particles(_ count: Int, frames: Int, hasScalars: Bool = true) -> Recording {
    var noise = Noise(state: 3)
    let places = (0..<count).map { _ in noise.vector(0.5) }
    var recording = Recording(
      stage: Stage(
        scene: "swirl", experience: "test",
        field: ScalarField(name: "speed", unit: "m/s", low: 0, high: 1)))
    for number in 0..<frames {
      let time = Double(number) / 60
      let (c, s) = (cos(time), sin(time))
      let cloud = ParticleCloud(
        positions: places.map {
          SIMD3<Float>(Point3(c * $0.x - s * $0.y, s * $0.x + c * $0.y, $0.z + 0.1 * s * $0.x))
        },
        scalars: hasScalars ? places.map { Float(hypot($0.x, $0.y) * (1 + 0.1 * s)) } : [],
        radius: 0.004, ids: (0..<UInt32(count)).map { 3 * $0 })
      recording.frames.append(Frame(time: time, particles: cloud))
    }
    return recording
  }

  /// One of everything that a frame or a note can hold.
  public static func everything() -> Recording {
    var recording = bodies(3, frames: 150)
    let tetrahedron = TriangleMesh(
      vertices: [
        Point3(0, 0, 0), Point3(1, 0, 0), Point3(0, 1, 0), Point3(0, 0, 1.0 / 3),
      ],
      triangles: [
        SIMD3(0, 2, 1), SIMD3(0, 1, 3), SIMD3(0, 3, 2), SIMD3(1, 2, 3),
      ])
    recording.stage.meshes = [tetrahedron]
    recording.stage.field = ScalarField(name: "speed", unit: "m/s", low: -1, high: 2)
    let shapes: [PropShape] = [
      .sphere(radius: 0.1), .capsule(radius: 0.2, halfLength: 0.3),
      .cylinder(radius: 0.2, halfLength: 0.1), .mesh(0), .bowl(radius: 4), .pipe(radius: 2),
    ]
    for (index, shape) in shapes.enumerated() {
      recording.stage.props.append(
        Prop(name: "prop \"\(index)\" ü", shape: shape, centreOfMass: Point3(0.1, 0, 0)))
      recording.stage.poses.append(FramePose(position: Point3(1.0 / 3, Double(index), 1e-7)))
    }
    for number in recording.frames.indices {
      let time = recording.frames[number].time
      recording.frames[number].poses += recording.stage.poses.suffix(shapes.count)
      recording.frames[number].arrows = [
        ArrowMark(kind: .load, point: Point3(time, 0, 1), vector: Point3(0, 3 + time, 0), prop: 1),
        ArrowMark(kind: .pull, point: .zero, vector: Point3(1e-3, 0, -2), prop: -1),
      ]
      if number.isMultiple(of: 3) {
        recording.frames[number].lines = [
          LineMark(kind: .taut, points: [.zero, Point3(time, 1, 0), Point3(1, 1, 1)]),
          LineMark(kind: .rod, points: [Point3(1, 0, 0), Point3(0, time, 0)]),
        ]
        recording.frames[number].labels = [
          LabelMark(text: "\(number / 30) N", point: Point3(0, 0, time))
        ]
      }
      if number > 70 {
        var mesh = tetrahedron
        mesh.scalars = [0, 1, 2, Float(time)]
        recording.frames[number].surfaces = [mesh]
      }
      let cloud = particles(20, frames: 1).frames[0].particles
      recording.frames[number].particles = number.isMultiple(of: 50) ? ParticleCloud() : cloud
    }
    recording.notes = RecordingNotes(
      events: [
        EventMark(kind: "impact", time: 0.5, text: "box-1 meets floor", point: Point3(1, 2, 0)),
        EventMark(kind: "rest", time: 1.25, text: "all rest"),
      ],
      series: [
        PlotSeries(name: "energy", unit: "J", values: recording.frames.map { 1 / (1 + $0.time) }),
        PlotSeries(name: "gap", unit: "m", values: [1, 2, 1e-300]),
      ],
      outcomes: [
        OutcomeMark(
          name: "fall-time", unit: "s", value: 0.1, band: 1e-9, status: "converged", tier: "T0",
          knownAt: 0.1),
        OutcomeMark(
          name: "tips", unit: "1", value: 0.25, band: 0.01, status: "resolved", tier: "T1",
          isEvent: true),
      ],
      audits: [NamedNumber("energy", 1e-12)], warnings: ["a note"], isPerturbed: true,
      sceneHash: "abc")
    return recording
  }
}
