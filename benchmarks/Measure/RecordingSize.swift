// How large a recording of many bodies with contacts is: the engine's own frames of bodies that never rest.
//
// Scenes   50 boxes of different sizes and frictions on a floor that shakes sideways: all corners touch in
//          every frame. 50 balls that roll in a bowl, each through the others: places, attitudes, normals
//          and forces all change, in three dimensions. Nothing repeats exactly.

import Catalogue
import Experience
import Foundation

struct RecordingSize {
  let bodies = 50
  /// Simulated, in s.
  let seconds: Double

  func run() throws {
    Swift.print(Machine.line)
    for text in [boxes, balls] { try measure(text) }
  }

  /// Number `index` of a fixed sequence in [0, 1).
  private func part(_ index: Int, _ number: Double = 0.618_033_988_749_894_9) -> Double {
    (number * Double(index + 1)).truncatingRemainder(dividingBy: 1)
  }

  private func scene(_ name: String, _ bodies: [String], _ contacts: [String]) -> String {
    """
    plumbline: 1
    experience: workbench
    name: \(name)
    environment: { air: none }
    bodies:
    \(bodies.map { "  - \($0)" }.joined(separator: "\n"))
    contacts:
    \(contacts.map { "  - \($0)" }.joined(separator: "\n"))
    measure:
      - { name: way, of: body-0, quantity: position, component: x, at: end }
    duration: \(seconds) s

    """
  }

  private var boxes: String {
    var list = ["{ name: floor, shape: plane }"]
    var contacts: [String] = []
    for index in 0..<bodies {
      let side = 0.08 + 0.08 * part(index)
      let place = "[\(0.6 * Double(index % 10)), \(0.6 * Double(index / 10)), \(0.5 * side)] m"
      list.append(
        "{ name: body-\(index), shape: { box: { size: \"[\(side), \(side), \(side)] m\" } }, "
          + "mass: \(1 + part(index)) kg, position: \"\(place)\", "
          + "attitude: \"[0, 0, \(90 * part(index))] deg\" }")
      contacts.append(
        "{ between: [body-\(index), floor], friction: \(0.1 + 0.3 * part(index)), restitution: 0 }")
    }
    return scene("shaken-boxes", list, contacts)
      + "motions:\n  - { body: floor, along: [1, 0, 0], amplitude: 50 mm, frequency: 2 Hz }\n"
  }

  private var balls: String {
    var list = ["{ name: bowl, shape: { bowl: { radius: 1 m } } }"]
    var contacts: [String] = []
    for index in 0..<bodies {
      let radius = 0.02 + 0.04 * part(index)
      let (turn, tilt) = (2 * Double.pi * part(index, 0.754_877_666_2), 0.4 + 0.5 * part(index))
      let reach = 1 - radius
      let (x, y) = (reach * sin(tilt) * cos(turn), reach * sin(tilt) * sin(turn))
      list.append(
        "{ name: body-\(index), shape: { sphere: { radius: \(radius) m } }, mass: 1 kg, "
          + "position: \"[\(x), \(y), \(-reach * cos(tilt))] m\", "
          + "velocity: \"[\(-sin(turn)), \(cos(turn)), 0] m/s\" }")
      contacts.append("{ between: [body-\(index), bowl], friction: 0.5, restitution: 0 }")
    }
    return scene("bowl-of-balls", list, contacts)
  }

  private func measure(_ text: String) throws {
    let scene = try Scene.parse(
      SourceText(path: "scene.yaml", text: text), catalogue: Catalogue.experiences,
      materials: .empty)
    let times = SceneRecorder(framesPerSecond: 60).times(of: scene)
    let clock = ContinuousClock()
    let start = clock.now
    guard
      let recording = try scene.experiment.recording(
        scene.experiment.inputs.map(\.law.nominal), level: 0, times: times)
    else { return }
    let spent = (clock.now - start) / .seconds(1)
    let path = NSTemporaryDirectory() + "plumbline-size.plr"
    defer { try? FileManager.default.removeItem(atPath: path) }
    func size(_ part: Recording) throws -> Double {
      Double(try RecordingFile.write(part, to: path)) / 1e6
    }
    // the head of the file, with stage and names, is paid once: the second half tells what more costs
    var half = recording
    half.frames = Array(recording.frames.prefix(recording.frames.count / 2))
    half.notes = RecordingNotes()
    var bare = recording
    bare.notes = RecordingNotes()
    var free = bare
    for index in free.frames.indices { free.frames[index].contacts = [] }
    let contactSize = try size(bare) - size(free)
    let (first, frames, whole) = (try size(half), try size(bare), try size(recording))
    let covered = Double(recording.frames.count) / 60
    let rate = (frames - first) / (0.5 * covered) + (whole - frames) / covered
    let contacts = recording.frames.reduce(0) { $0 + $1.contacts.count }
    Swift.print(
      String(
        format: """

          %@: %d bodies, %d frames, %.1f s of the run (simulated in %.0f s), \
          %.0f contacts a frame, %d events
          on disk %.2f MB, %.2f MB without events and series, of that %.2f MB contacts
          each further second %.3f MB: %.1f MB for 60 s, extrapolated
          """, scene.name, bodies, recording.frames.count, covered, spent,
        Double(contacts) / Double(max(1, recording.frames.count)), recording.notes.events.count,
        whole, frames, contactSize, rate, whole + rate * max(0, 60 - covered)))
  }
}
