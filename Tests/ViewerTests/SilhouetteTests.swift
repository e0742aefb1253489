import Experience
import Foundation
import Testing

@testable import Viewer

@Suite("Silhouettes")
struct SilhouetteTests {
  private let stage = Stage(scene: "", experience: "")
  private let lens: Lens = {
    let box = Bounds(low: Point3(-1, -1, -1), high: Point3(1, 1, 1))
    var camera = Camera(framing: box, up: Point3(0, 0, 1), aspect: 1)
    camera.look(.front)
    return camera.lens(width: 400, height: 400)
  }()

  // Fails if a corner inside counts, one outside is lost, or corners on an edge stay.
  @Test("the hull of points is the least convex outline")
  func hull() {
    let square = [Spot(0, 0), Spot(2, 0), Spot(2, 2), Spot(0, 2)]
    let hull = Silhouette.hull(square + [Spot(1, 1), Spot(1, 0), Spot(0.5, 1.5)])
    #expect(hull.count == 4 && Set(hull) == Set(square))
    #expect(Silhouette.hull([Spot(1, 1)]) == [Spot(1, 1)])
  }

  // Fails if an outline is too small or large, or hidden edges stick out: a sphere seen from anywhere
  // is as wide as its projected radius.
  @Test("a sphere is a circle of its projected radius")
  func sphere() {
    let prop = Prop(name: "ball", shape: .sphere(radius: 0.2))
    let outline = Silhouette.of(prop, at: FramePose(), in: stage, lens)
    let width = (outline.map(\.x).max() ?? 0) - (outline.map(\.x).min() ?? 0)
    #expect(abs(width - 0.4 * lens.pointsPerMetre(at: .zero)) < 0.02 * width)
    #expect(outline.count == 24)
  }

  // Fails if forms without an end get an outline.
  @Test("a plane has none; a box has at most six corners")
  func forms() {
    let plane = Prop(name: "floor", shape: .plane)
    #expect(Silhouette.of(plane, at: FramePose(), in: stage, lens).isEmpty)
    let box = Prop(name: "box", shape: .box(half: Point3(0.1, 0.2, 0.3)))
    let turn = Turn(0.1, 0.2, 0.3, 0.927)
    let corners = Silhouette.of(box, at: FramePose(turn: turn), in: stage, lens).count
    #expect(corners >= 4 && corners <= 6)
  }
}
