import Experience
import Testing

@testable import Viewer

@Suite("Camera")
struct CameraTests {
  // Fails if a scene with z up appears upside down, mirrored or lying.
  @Test("z is up and x to the right from the front")
  func frontView() throws {
    var camera = Camera(up: Point3(0, 0, 1))
    camera.look(.front)
    let lens = camera.lens(width: 1280, height: 720)
    let origin = try #require(lens.spot(camera.target))
    let above = try #require(lens.spot(camera.target + Point3(0, 0, 0.5)))
    let right = try #require(lens.spot(camera.target + Point3(0.5, 0, 0)))
    #expect(abs(origin.x - 640) < 1e-9 && abs(origin.y - 360) < 1e-9)
    #expect(above.y < origin.y && abs(above.x - origin.x) < 1e-9)
    #expect(right.x > origin.x && abs(right.y - origin.y) < 1e-9)
  }

  // Fails if two of the six views are the same or look the wrong way.
  @Test("the six standard views look along the axes")
  func standardViews() {
    let eyes: [StandardView: Point3] = [
      .front: Point3(0, -1, 0), .back: Point3(0, 1, 0), .left: Point3(-1, 0, 0),
      .right: Point3(1, 0, 0), .top: Point3(0, 0, 1), .bottom: Point3(0, 0, -1),
    ]
    for (view, eye) in eyes {
      var camera = Camera()
      camera.look(view)
      // the steepest elevation of 89.9° leaves sin 0.1° = 0.0017 to the side
      #expect((camera.outward - eye).length < 0.002, "\(view)")
    }
  }

  // Fails if gravity along another axis leaves the picture lying on its side.
  @Test(
    "up is against gravity, whichever way that is",
    arguments: [
      Point3(0, 1, 0), Point3(1, 0, 0), Point3(0, 0, -1), Point3(0.6, 0, 0.8),
    ])
  func upIsAgainstGravity(up: Point3) throws {
    var camera = Camera(up: up)
    for azimuth in [0.0, 1, 2.5] {
      camera.azimuth = azimuth
      #expect(abs(camera.right.dot(up)) < 1e-12)
      let lens = camera.lens(width: 800, height: 600)
      let origin = try #require(lens.spot(camera.target))
      let above = try #require(lens.spot(camera.target + 0.3 * up))
      #expect(above.y < origin.y - 1)
    }
  }

  // Fails if projection and ray are not inverse to each other: picking would miss.
  @Test("the ray through a projected point meets it")
  func rayMeetsPoint() throws {
    var camera = Camera(target: Point3(1, 2, 0.5), distance: 4)
    camera.orbit(by: 0.7, 0.3)
    let lens = camera.lens(width: 1000, height: 500)
    for point in [Point3(1.2, 2.3, 0.1), Point3(0, 1.5, 1), Point3(1, 2, 0.5)] {
      let spot = try #require(lens.spot(point))
      let ray = lens.ray(through: spot)
      let miss = (point - ray.origin).cross(ray.direction).length
      // 16 digits of numbers of size 5
      #expect(miss < 1e-12)
    }
  }

  // Fails if a corner of the scene lies outside the picture, or the scene is a dot in it.
  @Test("show all frames the box", arguments: [0.5, 1, 16.0 / 9, 4])
  func framesTheBox(aspect: Double) throws {
    let box = Bounds(low: Point3(-3, -0.2, 0), high: Point3(2, 0.4, 1.5))
    for view in StandardView.allCases {
      var camera = Camera()
      camera.look(view)
      camera.frame(box, aspect: aspect)
      let lens = camera.lens(width: 600 * aspect, height: 600)
      let spots = try box.corners.map { try #require(lens.spot($0)) }
      let wide = (spots.map { abs($0.x / lens.width - 0.5) }.max() ?? 0) * 2
      let tall = (spots.map { abs($0.y / lens.height - 0.5) }.max() ?? 0) * 2
      #expect(wide <= 0.84 + 1e-9 && tall <= 0.74 + 1e-9)
      #expect(wide > 0.8399 || tall > 0.7399)
    }
  }

  // Fails if the eye can pass over the top, where left and right change sides.
  @Test("orbiting stops at the poles, zooming at the limits")
  func limits() {
    var camera = Camera()
    camera.orbit(by: 0, 10)
    #expect(camera.elevation <= .pi / 2)
    camera.zoom(by: 1e-9)
    #expect(camera.distance >= 1e-3 * camera.sceneRadius)
    camera.zoom(by: .nan)
    #expect(camera.distance.isFinite)
  }

  // Fails if what lies behind the eye is projected as if it lay in front.
  @Test("points behind the eye have no place, segments are cut")
  func behindTheEye() throws {
    var camera = Camera()
    camera.look(.front)
    let lens = camera.lens(width: 100, height: 100)
    let behind = camera.eye + camera.outward
    #expect(lens.spot(behind) == nil)
    #expect(lens.segment(behind, behind + camera.right) == nil)
    #expect(lens.segment(behind, camera.target) != nil)
  }

  // Fails if panning moves the scene by another amount than the mouse.
  @Test("panning keeps the point under the mouse")
  func panning() throws {
    var camera = Camera(distance: 3)
    let point = camera.target
    let before = try #require(camera.lens(width: 800, height: 600).spot(point))
    camera.pan(by: 30, -20, height: 600)
    let after = try #require(camera.lens(width: 800, height: 600).spot(point))
    #expect(abs(after.x - before.x - 30) < 1e-9 && abs(after.y - before.y + 20) < 1e-9)
  }
}
