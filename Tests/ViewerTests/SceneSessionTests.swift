import Catalogue
import Experience
import Foundation
import Testing

@testable import Viewer

/// Scenes of the catalogue in a session: what is asked of them beside the run.
@Suite("Session with a scene")
struct SceneSessionTests {
  private static func scene(height: String = "1 m", samples: Int = 8) throws -> Scene {
    let text = """
      plumbline: 1
      experience: workbench
      environment: { air: none }
      bodies:
        - { name: floor, shape: plane }
        - { name: ball, shape: { sphere: { radius: 50 mm } }, mass: 1 kg, position: ["0 m", "0 m", "\(height)"] }
      contacts:
        - { default: true, restitution: 0.5, friction: 0.3 }
      measure:
        - { name: height, of: ball, quantity: position, component: z, at: end }
      duration: 1 s
      samples: \(samples)
      """
    return try Scene.parse(
      SourceText(path: "test.yaml", text: text), catalogue: Catalogue.experiences,
      materials: .empty)
  }

  private static func session(_ scene: Scene) throws -> Session {
    var session = try Session(.live(try LiveWorld(scene)))
    for _ in 0..<40 { session.advance(by: 0.01) }
    return session
  }

  // Fails if members are other draws than those of the truth, if they keep the window waiting, or if
  // they are not there in the picture.
  @Test("members are the draws of the truth, and appear")
  func members() throws {
    let scene = try SceneSessionTests.scene(height: "1 m ± 0.2 m")
    var session = try SceneSessionTests.session(scene)
    session.perform(.members)
    #expect(session.layers.contains(.members))
    let areThere = Waiting.until {
      session.collect()
      return session.members.count == 8
    }
    #expect(areThere)
    let sampling = Sampling(seed: scene.seed, inputs: scene.experiment.inputs)
    let height = try #require(
      scene.experiment.inputs.lastIndex { $0.path.hasSuffix("position.z") })
    for (index, member) in session.members.enumerated() {
      let start = try #require(member.poses(at: 0).last?.position.z)
      #expect(start == sampling.member(index)[height])
    }
    #expect(Set(session.members.map { $0.poses(at: 0).last?.position.z }).count == 8)
    let isTold = Waiting.until {
      session.collect()
      return session.message == "8 members of the tolerances"
    }
    #expect(isTold)
  }

  // Fails if a scene without tolerances runs in vain, or says nothing.
  @Test("exact inputs have no members, and that is said")
  func exact() throws {
    var session = try SceneSessionTests.session(try SceneSessionTests.scene())
    session.perform(.members)
    #expect(session.message == "all inputs of this scene are exact: it has no members")
    session.collect()
    #expect(session.members.isEmpty)
    // and again when it is switched on again
    session.perform(.members)
    session.perform(.members)
    #expect(session.message.contains("exact"))
  }

  // Fails if the same scene gives other bits, with or without a pull that is repeated.
  @Test("the same run again is identical", arguments: [false, true])
  func again(isPulled: Bool) throws {
    var session = try SceneSessionTests.session(try SceneSessionTests.scene())
    if isPulled {
      let ball = try #require(try session.frame().poses.last)
      session.grasp(Pick(prop: 1, point: ball.position, local: .zero, distance: 1))
      for step in 0..<20 {
        session.drag(to: ball.position + Point3(0.02 * Double(step), 0, 0.1))
        session.advance(by: 0.01)
      }
      session.letGo()
      for _ in 0..<10 { session.advance(by: 0.01) }
    }
    let count = session.times.count
    session.perform(.runAgain)
    let isCompared = Waiting.until {
      session.collect()
      return session.comparison != nil
    }
    #expect(isCompared)
    #expect(session.comparison?.count == count && session.comparison?.difference == nil)
    #expect(session.message == "identical in \(count) frames, bit by bit")
  }

  // Fails if another run passes as the same.
  @Test("another run is told with body, time and size")
  func other() throws {
    let session = try SceneSessionTests.session(try SceneSessionTests.scene())
    let other = try SceneSessionTests.scene(height: "1.001 m")
    let frames = try session.times.indices.map { try session.run.source.frame($0) }
    let rerun = Rerun(
      stage: session.stage, frames: frames, pulls: [], again: { try LiveWorld(other) })
    let difference = try #require(try rerun.compare { false }?.difference)
    #expect(difference.body == "ball" && difference.time == 0 && difference.quantity == "position")
    #expect(abs(difference.size - 0.001) < 1e-12)
    #expect(try rerun.compare { true } == nil)
  }
}
