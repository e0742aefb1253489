import Experience
import Foundation
import Testing

@testable import Viewer

@Suite("Render job")
struct RenderJobTests {
  // Fails if a word for an instant is read as another instant.
  @Test("moments are times, events or the end")
  func moments() throws {
    let run = Samples.slide()
    #expect(try RenderJob.Moment("0.45").time(in: run) == 0.45)
    #expect(try RenderJob.Moment("0.45 s").time(in: run) == 0.45)
    #expect(try RenderJob.Moment("end").time(in: run) == 1.5)
    #expect(try RenderJob.Moment("rest").time(in: run) == 1)
    do throws(ViewerError) {
      _ = try RenderJob.Moment("bounce").time(in: run)
      Issue.record("found an event that is not there")
    } catch { #expect(error.remedy == "it has: rest, slip") }
  }

  // Fails if a bad name or an empty run traps, or is reported without a remedy.
  @Test("names without a known ending and empty runs are refused")
  func refusals() throws {
    #expect(throws: ViewerError.self) { try RenderJob(out: "/tmp/x.gif").run(Samples.slide()) }
    #expect(throws: ViewerError.self) { try RenderJob(out: "x").run(Samples.slide()) }
    let empty = Recording(stage: Stage(scene: "e", experience: "t"))
    #expect(throws: ViewerError.self) { try RenderJob(out: "/tmp/x.svg").run(empty) }
  }

  // Fails if a file is left half written, or an SVG needs a graphics library.
  @Test("an SVG is written whole")
  func svg() throws {
    let path = NSTemporaryDirectory() + "plumbline-\(UUID().uuidString).svg"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var job = RenderJob(out: path)
    job.moment = .event("slip")
    try job.run(Samples.slide())
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasSuffix("</svg>\n") && text.contains("0.100 s"))
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
  }

  // Fails if pixels are changed by writing and reading, or a broken file traps.
  @Test("a PNG comes back as it was")
  func png() throws {
    var image = PixelImage(width: 3, height: 2)
    image.bytes = (0..<24).map { UInt8($0 * 10) }
    for pixel in 0..<6 { image.bytes[4 * pixel + 3] = 255 }
    let path = NSTemporaryDirectory() + "plumbline-\(UUID().uuidString).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try PNGFile.write(image, to: path)
    #expect(try PNGFile.read(path) == image)
    try "no picture".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: ViewerError.self) { try PNGFile.read(path) }
    #expect(throws: ViewerError.self) { try PNGFile.read("/no/such/file.png") }
    #expect(throws: ViewerError.self) { try PNGFile.write(image, to: "/no/such/folder/x.png") }
  }
}
