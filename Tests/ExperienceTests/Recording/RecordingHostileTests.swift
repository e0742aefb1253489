import Experience
import Foundation
import SampleRecordings
import Testing

@Suite("Recording file: hostile bytes")
struct RecordingHostileTests {
  static let recording: Recording = {
    var recording = SampleRecording.everything()
    recording.notes.series = []
    recording.frames = Array(recording.frames.prefix(80))
    return recording
  }()

  static func problem(_ bytes: [UInt8]) -> RecordingProblem? {
    do throws(RecordingProblem) {
      let file = try RecordingFile(bytes: bytes)
      for index in file.times.indices { _ = try file.frame(index) }
      return nil
    } catch { return error }
  }

  // Fails if a file that is cut anywhere crashes, is taken for a whole one, or loses whole chunks that
  // are still there.
  @Test("a cut at any byte is told, and what is whole can be read")
  func cut() throws {
    let bytes = try RecordingFile.bytes(of: Self.recording)
    var frames = 0
    for length in 0..<bytes.count {
      do throws(RecordingProblem) {
        let file = try RecordingFile(bytes: Array(bytes.prefix(length)))
        #expect(file.cutOff != nil && file.notes.warnings.last == file.cutOff)
        #expect(file.times.count >= frames, "at \(length)")
        if file.times.count > frames {
          frames = file.times.count
          for index in file.times.indices { _ = try file.frame(index) }
        }
      } catch {
        #expect(frames == 0 && [.truncated, .corrupt].contains(error.kind), "\(length): \(error)")
      }
    }
    #expect(frames == 80)
  }

  // Every byte is under a checksum, but for the footer, without which the chunks are found one by one.
  // Fails if a flipped byte is taken for data, or crashes.
  @Test("a flipped byte is found")
  func flips() throws {
    let bytes = try RecordingFile.bytes(of: Self.recording)
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= place.isMultiple(of: 2) ? 0xff : 0x10
      let found = Self.problem(damaged)
      let isFooter = place >= bytes.count - 20
      if isFooter {
        #expect(found == nil)
      } else {
        #expect(found != nil, "byte \(place)")
      }
    }
  }

  // Checksums find damage, not malice: here they are right and the counts are not. Fails if a count
  // makes gigabytes, or a trap.
  @Test("counts that nothing stands behind are refused")
  func counts() throws {
    let bytes = try RecordingFile.bytes(of: Self.recording)
    var noise = SampleRecording.Noise(state: 11)
    for block in try HostileBlock.all(of: bytes) {
      for _ in 0..<400 {
        var raw = block.raw
        for _ in 0..<(1 + Int(3 * noise.next())) {
          let place = Int(noise.next() * Double(raw.count))
          raw[place] = noise.next() < 0.5 ? 0xff : UInt8(256 * noise.next())
        }
        _ = Self.problem(try block.replaced(by: raw, in: bytes))
      }
      // a long run of 0xff is the largest number there is
      for start in stride(from: 0, to: min(block.raw.count, 400), by: 7) {
        var raw = block.raw
        for place in start..<min(start + 9, raw.count) { raw[place] = 0xff }
        _ = Self.problem(try block.replaced(by: raw, in: bytes))
      }
    }
  }

  // Fails if a wrong file is not called by its name.
  @Test("each kind of wrong file has its own message")
  func kinds() throws {
    let bytes = try RecordingFile.bytes(of: Self.recording)
    #expect(Self.problem(Array("plumbline: 1\nexperience: ball-drop".utf8))?.kind == .notARecording)
    #expect(Self.problem([])?.kind == .truncated)
    #expect(Self.problem(Array(bytes.prefix(5)))?.kind == .truncated)
    var newer = bytes
    newer[8] = 2
    let version = try #require(Self.problem(newer))
    #expect(version.kind == .otherVersion && version.description.contains("version 2"))
    var damaged = bytes
    damaged[bytes.count / 2] ^= 1
    let corrupt = try #require(Self.problem(damaged))
    #expect(corrupt.kind == .corrupt && corrupt.description.contains("byte"))
    do throws(RecordingProblem) {
      _ = try RecordingFile(path: "/nowhere.plr")
      Issue.record("it was opened")
    } catch {
      #expect(error.kind == .unreadable && error.description.contains("/nowhere.plr"))
    }
    let all = [version, corrupt]
    #expect(all.allSatisfy { !$0.help.isEmpty })
  }
}
