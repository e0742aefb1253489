import Experience
import Foundation
import Testing

@testable import Viewer

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("SVG")
struct SVGPictureTests {
  // Fails if a name with & or < breaks the document, or an element is left open.
  @Test("the document is well-formed XML", arguments: Theme.Kind.allCases)
  func wellFormed(kind: Theme.Kind) throws {
    var options = PictureOptions(theme: .named(kind), layers: .all)
    options.view = .front
    let text = try SVGPicture(of: Samples.slide(), at: 0.7, options: options).text
    let parser = XMLParser(data: Data(text.utf8))
    let counter = Counter()
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(counter.names["svg"] == 1)
    #expect((counter.names["polygon"] ?? 0) > 20 && (counter.names["text"] ?? 0) > 10)
    #expect(!text.contains("nan") && !text.contains("inf"))
  }

  // Fails if nearer faces are painted before farther ones.
  @Test("the nearer of two boxes is painted last")
  func painterOrder() throws {
    var stage = Stage(scene: "two", experience: "test")
    let half = Point3(0.2, 0.2, 0.2)
    stage.props = [
      Prop(name: "near", shape: .box(half: half), colour: 0),
      Prop(name: "far", shape: .box(half: half), colour: 1),
    ]
    stage.poses = [
      FramePose(position: Point3(0, -1, 0)), FramePose(position: Point3(0, 1, 0)),
    ]
    let recording = Recording(stage: stage, frames: [Frame(time: 0, poses: stage.poses)])
    let options = PictureOptions(layers: [], view: .front)
    let text = try SVGPicture(of: recording, at: 0, options: options).text
    // only the front faces are seen; blue is near, orange far
    let faces = text.split(separator: "\n").filter { $0.contains("stroke-width=\"0.6\"") }
    let blue = faces.indices.filter { isBlue(faces[$0]) }
    let orange = faces.indices.filter { !isBlue(faces[$0]) }
    #expect(!blue.isEmpty && !orange.isEmpty)
    #expect((orange.max() ?? 9) < (blue.min() ?? 0))
  }

  private func isBlue(_ line: Substring) -> Bool {
    guard let place = line.range(of: "fill=\"#")?.upperBound else { return false }
    let digits = line[place...].prefix(6)
    return (Int(digits.suffix(2), radix: 16) ?? 0) > (Int(digits.prefix(2), radix: 16) ?? 0)
  }

  // Fails if bad input traps, or the message names no remedy.
  @Test("an empty run, a picture without pixels and a missing folder are refused")
  func refusals() throws {
    let empty = Recording(stage: Stage(scene: "e", experience: "t"))
    #expect(throws: ViewerError.self) { try SVGPicture(of: empty, at: 0) }
    #expect(throws: ViewerError.self) {
      try SVGPicture(of: Samples.slide(), at: 0, options: PictureOptions(width: 0))
    }
    let picture = try SVGPicture(of: Samples.slide(), at: 0)
    do throws(ViewerError) {
      try picture.write(to: "/no/such/folder/x.svg")
      Issue.record("wrote into a folder that does not exist")
    } catch {
      #expect(error.kind == .output && error.message.contains("No such file"))
    }
    #expect(throws: ViewerError.self) { try PictureOptions.size("1280") }
    #expect(throws: ViewerError.self) { try PictureOptions.size("0x9000") }
    #expect(throws: ViewerError.self) { try Layers(words: "hud,forses") }
    #expect(try Layers(words: "hud, forces") == [.hud, .forces])
  }

  private final class Counter: NSObject, XMLParserDelegate {
    var names: [String: Int] = [:]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) { names[name, default: 0] += 1 }
  }
}
