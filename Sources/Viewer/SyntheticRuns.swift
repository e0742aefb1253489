// Runs that no solver made: something to measure and test drawing with.
//
// Nothing in here is physics, and nothing of it may be shown as a result.

import Experience
import Foundation

public enum SyntheticRuns {
  /// Bodies of five forms that turn and bob above a floor; two seconds at 60 frames a second.
  public static func pile(count: Int) -> Recording {
    var stage = Stage(
      scene: "pile", experience: "synthetic", about: "\(count) bodies of five forms, drawn only.")
    stage.meshes = [octahedron(radius: 0.1)]
    stage.props = [Prop(name: "floor", shape: .plane, isFixed: true)]
    let side = max(1, Int(Double(count).squareRoot().rounded(.up)))
    for index in 0..<count {
      let size = 0.06 + 0.02 * Double(index % 3)
      let shape: PropShape =
        switch index % 5 {
        case 0: .box(half: Point3(size, 0.8 * size, 0.6 * size))
        case 1: .sphere(radius: size)
        case 2: .capsule(radius: 0.6 * size, halfLength: size)
        case 3: .cylinder(radius: 0.8 * size, halfLength: 0.9 * size)
        default: .mesh(0)
        }
      stage.props.append(Prop(name: "body \(index)", shape: shape, mass: 1, colour: index % 5))
    }
    let frames = (0...120).map { step -> Frame in
      let time = Double(step) / 60
      let bodies = (0..<count).map { index -> FramePose in
        let (column, row) = (Double(index % side), Double(index / side))
        let middle = 0.5 * Double(side - 1)
        let lift = 0.3 + 0.07 * Double(index % 7) + 0.15 * sin(3 * time + Double(index))
        return FramePose(
          position: Point3(0.24 * (column - middle), 0.24 * (row - middle), lift),
          turn: turn(by: 2 * time + Double(index), about: Double(index)),
          velocity: Point3(0, 0, 0.45 * cos(3 * time + Double(index))))
      }
      return Frame(time: time, poses: [FramePose()] + bodies)
    }
    stage.poses = frames[0].poses
    return Recording(stage: stage, frames: frames)
  }

  /// A column of particles above a heap, coloured by speed; one second at 30 frames a second.
  public static func particles(count: Int) -> Recording {
    var stage = Stage(
      scene: "particles", experience: "synthetic", about: "\(count) particles, drawn only.")
    stage.props = [Prop(name: "plate", shape: .plane, isFixed: true)]
    stage.poses = [FramePose()]
    stage.field = ScalarField(name: "speed", unit: "m/s", low: 0, high: 1.5)
    let frames = (0...30).map { step -> Frame in
      let time = Double(step) / 30
      var cloud = ParticleCloud(radius: 0.006)
      for index in 0..<count {
        // sunflower places: even without a random number
        let part = (Double(index) + 0.5) / Double(count)
        let angle = 2.399963 * Double(index)
        let layer = Double(index * 7919 % 1000) / 1000
        let isFalling = index % 3 == 0
        let radius = (isFalling ? 0.03 : 0.25 + 0.1 * time) * part.squareRoot()
        let height =
          isFalling
          ? 0.1 + 0.6 * (layer + 1 - 0.5 * time).truncatingRemainder(dividingBy: 1)
          : 0.12 * (1 - part).squareRoot() * layer
        cloud.positions.append(
          SIMD3(Float(radius * cos(angle)), Float(radius * sin(angle)), Float(height)))
        cloud.scalars.append(Float(isFalling ? 2 * (0.8 - height) : 0.3 * part))
      }
      return Frame(time: time, poses: [FramePose()], particles: cloud)
    }
    return Recording(stage: stage, frames: frames)
  }

  private static func turn(by angle: Double, about seed: Double) -> Turn {
    let axis = Point3(sin(seed), cos(1.7 * seed), 0.5).unit() * sin(0.5 * angle)
    return Turn(axis.x, axis.y, axis.z, cos(0.5 * angle))
  }

  private static func octahedron(radius: Double) -> TriangleMesh {
    let r = radius
    return TriangleMesh(
      vertices: [
        Point3(r, 0, 0), Point3(-r, 0, 0), Point3(0, r, 0), Point3(0, -r, 0), Point3(0, 0, r),
        Point3(0, 0, -r),
      ],
      triangles: [
        SIMD3(0, 2, 4), SIMD3(2, 1, 4), SIMD3(1, 3, 4), SIMD3(3, 0, 4), SIMD3(2, 0, 5),
        SIMD3(1, 2, 5), SIMD3(3, 1, 5), SIMD3(0, 3, 5),
      ])
  }
}
