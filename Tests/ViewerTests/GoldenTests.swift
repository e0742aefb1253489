// Pictures against committed ones. They need EGL without a display; where there is none they are
// skipped and say so. PLUMBLINE_GOLDEN=write draws them anew, to be looked at before a commit.

import Experience
import Foundation
import Testing

@testable import Viewer

@Suite("Golden pictures", .serialized, .enabled(if: Golden.canDraw, "no EGL context here"))
struct GoldenTests {
  static let cases: [(name: String, at: Double, options: PictureOptions)] = [
    ("slide-dark", 0.6, PictureOptions(width: 640, height: 400, layers: .all)),
    (
      "slide-light", 1.4,
      PictureOptions(width: 640, height: 400, theme: .light, ghosts: Golden.ghosts, view: .front)
    ),
    ("particles", 0.5, PictureOptions(width: 480, height: 320)),
    ("bowl", 0.2, PictureOptions(width: 480, height: 320)),
  ]

  // Fails if the scene lies on its side, loses its light, shadow, text, a mark or its colours.
  @Test("structural similarity of at least 0.98", arguments: cases.indices)
  func similar(index: Int) throws {
    let (name, time, options) = GoldenTests.cases[index]
    let renderer = try OffscreenRenderer(paths: [.egl])
    let image = try renderer.image(of: Golden.run(name), at: time, options: options)
    let path = Golden.folder + "/\(name).png"
    if ProcessInfo.processInfo.environment["PLUMBLINE_GOLDEN"] == "write" {
      try PNGFile.write(image, to: path)
    }
    let golden = try PNGFile.read(path)
    #expect(golden.width == image.width && golden.height == image.height)
    let similarity = Similarity.mean(golden, image)
    #expect(similarity >= 0.98, "\(name): \(similarity)")
  }

  // Fails if a picture depends on how OpenGL is reached without a display.
  @Test(
    "EGL and OSMesa draw the same picture", .enabled(if: Golden.hasOSMesa, "no OSMesa here"),
    arguments: cases.indices)
  func paths(index: Int) throws {
    let (name, time, options) = GoldenTests.cases[index]
    let images = try [OffscreenContext.Path.egl, .osmesa].map { path in
      try OffscreenRenderer(paths: [path]).image(of: Golden.run(name), at: time, options: options)
    }
    let similarity = Similarity.mean(images[0], images[1])
    print("\(name): structural similarity of EGL and OSMesa \(similarity)")
    #expect(similarity >= 0.98, "\(name): \(similarity)")
  }

  // Fails if the measure does not see what a person sees: it would pass anything.
  @Test("the measure tells a missing body and a shifted picture")
  func measure() throws {
    let golden = try PNGFile.read(Golden.folder + "/slide-dark.png")
    var other = golden
    // a body-sized patch of floor colour
    for y in 180..<280 {
      for x in 280..<380 {
        other.bytes.replaceSubrange(
          4 * (y * 640 + x)..<4 * (y * 640 + x) + 3, with: [70, 78, 90])
      }
    }
    #expect(Similarity.mean(golden, golden) > 0.999_999)
    #expect(Similarity.mean(golden, other) < 0.98)
    var shifted = PixelImage(width: 640, height: 400)
    shifted.paste(golden, x: 3, y: 2)
    #expect(Similarity.mean(golden, shifted) < 0.98)
  }

  // Fails if a picture of one pixel, a stage without props or a changed scene traps.
  @Test("small, empty and changing scenes are drawn")
  func extremes() throws {
    let renderer = try OffscreenRenderer(paths: [.egl])
    let slide = Samples.slide()
    let dot = try renderer.image(
      of: slide, at: 0, options: PictureOptions(width: 1, height: 1, layers: .all))
    #expect(dot.bytes.count == 4)
    let empty = Recording(
      stage: Stage(scene: "", experience: ""), frames: [Frame(time: 0)])
    let image = try renderer.image(
      of: empty, at: 5, options: PictureOptions(width: 320, height: 200))
    #expect(image.pixel(160, 20) != image.pixel(160, 150))
    let again = try renderer.image(of: slide, at: 0, options: PictureOptions(width: 64, height: 64))
    #expect(Set((0..<64).map { again.pixel($0, 40) }).count > 2)
  }

  // Fails if a sheet has other instants than it says, or overlaps its pictures.
  @Test("a contact sheet has its pictures side by side")
  func sheet() throws {
    let renderer = try OffscreenRenderer(paths: [.egl])
    let sheet = ContactSheet(count: 4, columns: 2, width: 160, height: 100)
    #expect(sheet.times(of: Samples.slide()) == [0, 0.5, 1, 1.5])
    let image = try sheet.image(of: Samples.slide(), with: renderer, options: PictureOptions())
    #expect(image.width == 2 * 166 + 6 && image.height == 2 * 106 + 6)
  }
}

/// Runs, ghosts and the place of the committed pictures.
enum Golden {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden").path

  static let canDraw = (try? OffscreenContext(paths: [.egl])) != nil

  static let hasOSMesa = (try? OffscreenContext(paths: [.osmesa])) != nil

  static let ghosts: [Ghost] = {
    let prediction = Prediction(
      id: "a/distance", model: "physics-101",
      answer: .object([("value", .number(0.62)), ("sd", .number(0.06)), ("unit", .text("m"))]))
    return (try? GhostReading(of: Samples.slide()))?.ghosts(of: [prediction]).ghosts ?? []
  }()

  static func run(_ name: String) -> Recording {
    switch name {
    case "particles": return SyntheticRuns.particles(count: 3000)
    case "bowl":
      var stage = Stage(scene: "bowl", experience: "test", about: "A marble in a bowl.")
      stage.props = [
        Prop(name: "bowl", shape: .bowl(radius: 0.3), isFixed: true),
        Prop(name: "marble", shape: .sphere(radius: 0.05), mass: 0.1, colour: 3),
        Prop(name: "rod", shape: .capsule(radius: 0.02, halfLength: 0.1), mass: 0.1, colour: 4),
      ]
      stage.poses = [
        FramePose(), FramePose(position: Point3(0, 0, -0.25)),
        FramePose(position: Point3(0.05, 0.1, 0)),
      ]
      return Recording(stage: stage, frames: [Frame(time: 0, poses: stage.poses)])
    default: return Samples.slide()
    }
  }
}
