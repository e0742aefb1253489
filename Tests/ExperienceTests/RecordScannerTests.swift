import Experience
import Foundation
import Testing

@Suite("Record scanner")
struct RecordScannerTests {
  static let truth = """
    {"schema":"truth/1","id":"a/1.0.0/1","template":"a@1.0.0","scene":{"name":"s","experience":"ball-drop","sha256":"00"},"seed":"18446744073709551615","mechanisms":["gravity","drag"],"descriptors":{"e":0.79,"log10-x":1.234083206033368},"outcomes":{"fall-time":{"kind":"scalar","value":0.237315463535,"unit":"s","numerical":{"half-width":1.8e-12,"order":5.28,"status":"converged"},"input":{"members":4,"mean":0.23731546530621875,"sd":2.711619375139767e-7,"quantiles":{"0.05":0.237315},"values":[0.237315433032,0.237315205514,-0.5,12]},"tier":"T1","basis":"quotes \\" and é"},"stops":{"kind":"event","probability":0.5,"low":0.4,"high":0.6,"members":64,"status":"resolved","label":"MARGINAL","margin":{"value":0.1,"half-width":0.01,"unit":"m"},"tier":"T0","basis":"b"},"which":{"kind":"category","classes":["a","b"],"probabilities":[0.25,0.75],"members":4}},"requirements":{},"events":[{"event":"contact#1","bodies":["ball","floor"],"t-s":0.2,"half-width-s":1.3e-12,"occurs":1}],"alternatives":[{"name":"n","sentence":"s","outcomes":{"fall-time":0.4},"events":[{"event":"contact#1","t-s":0.4}]}],"shortcuts":["fall-time"],"audits":{"energy":0},"range":{"reynolds":2485.92},"notes":["one"]}
    """
  static let question = """
    {"schema":"question/1","id":"a/1.0.0/1/fall-time","instance":"a/1.0.0/1","template":"a@1.0.0","slot":"fall-time","type":"scalar","rule":"wis","levels":[0.05,0.5,0.95],"prompt":"How \\"long\\" ± 1?","scene":{"plumbline":1,"ball":{"density":"7800 kg/m^3 ± 60 kg/m^3"}},"quantity":{"name":"fall time","unit":"s","dimension":[0,0,1,0,0,0,0],"scale":"linear","support":[0,1.4]},"answer-schema":"answer/scalar-quantiles/1","handoff-allowed":true,"consequence":2,"split":"public","mechanisms":["gravity"],"descriptors":{"e":0.79},"canary":"c"}
    """

  private func sealed(_ line: String) throws -> String { CRC32.sealed(try JSON.parse(line)) }

  // Fails if a field is lost on the fast way, or if the usual line does not take it.
  @Test("reads truths as the general reader does")
  func sameTruth() throws {
    var scanner = RecordScanner()
    for line in [try sealed(RecordScannerTests.truth), RecordScannerTests.truth] {
      let read = scanner.truth(Array(line.utf8))
      let fast = try #require(read)
      let slow = try TruthRecord(json: JSON.parse(line))
      #expect(fast.json.line == slow.json.line && fast == slow)
      #expect(fast.alternatives == slow.alternatives && fast.shortcuts == slow.shortcuts)
    }
  }

  // Fails if words are kept or lost where they should not be, or scenes are mixed up.
  @Test("reads questions as the general reader does")
  func sameQuestion() throws {
    var scanner = RecordScanner()
    for index in 0..<30 {
      let line = try sealed(
        RecordScannerTests.question.replacing("7800", with: "\(7800 + index % 4)"))
      let slow = try Question(json: JSON.parse(line))
      let whole = scanner.question(Array(line.utf8))
      #expect(whole == slow)
      var bare = slow
      (bare.prompt, bare.canary) = ("", "")
      let short = scanner.question(Array(line.utf8), withWords: false)
      #expect(short == bare)
    }
  }

  // Every byte of a line, changed: what the fast way takes, the general one takes and reads as it does.
  // Fails if damage goes unnoticed that the general reader names.
  @Test("takes nothing that the general reader refuses")
  func damage() throws {
    var scanner = RecordScanner()
    let line = Array(try sealed(RecordScannerTests.question).utf8)
    // the scene is remembered from here on
    let first = scanner.question(line)
    #expect(first != nil)
    var taken = 0
    for index in line.indices {
      for byte in [line[index] ^ 1, UInt8(ascii: "0"), UInt8(ascii: " "), UInt8(ascii: "\"")] {
        var damaged = line
        damaged[index] = byte
        guard let fast = scanner.question(damaged) else { continue }
        taken += 1
        let json = try JSON.parse(String(decoding: damaged, as: UTF8.self))
        #expect(CRC32.isIntact(json))
        #expect(try Question(json: json) == fast)
      }
    }
    // a byte that is replaced by itself
    #expect(taken > 0)
  }

  // The scene of the line before, in another field, beside another scene, and with more behind it. Fails
  // if what is remembered stands in for what is read.
  @Test("takes a remembered scene only where a scene stands")
  func sceneElsewhere() throws {
    let scene = #"{"plumbline":1,"ball":{"density":"7800 kg/m^3 ± 60 kg/m^3"}}"#
    let quantity =
      #"{"name":"fall time","unit":"s","dimension":[0,0,1,0,0,0,0],"scale":"linear","support":[0,1.4]}"#
    let plain = RecordScannerTests.question
    let other = plain.replacing(#""scene":\#(scene)"#, with: #""scene":\#(quantity)"#)
    let lines = [
      plain, plain.replacing(#""canary":"c""#, with: #""canary":\#(scene)"#), plain,
      plain.replacing(#""quantity":\#(quantity)"#, with: #""quantity":\#(scene)"#), other,
      other.replacing(#""descriptors":{"e":0.79}"#, with: #""descriptors":\#(quantity)"#), other,
      plain,
      plain.replacing(scene, with: scene + "x"), plain.replacing(scene, with: scene + "}"),
      plain.replacing(#","quantity""#, with: #", "quantity""#), plain,
    ]
    var scanner = RecordScanner()
    for line in lines + lines.compactMap({ try? sealed($0) }) {
      let fast = scanner.question(Array(line.utf8))
      let slow = try? Question(json: JSON.parse(line))
      #expect(fast == nil || fast == slow, "\(line)")
    }
    let last = scanner.question(Array(plain.utf8))
    #expect(last != nil)
  }

  // A checksum over a text that is not canonical is wrong, however well it fits the bytes. Fails if the
  // fast way sums bytes that the general one writes otherwise.
  @Test(
    "does not take a checksum of numbers in another form",
    arguments: ["0.790", "79e-2", "7.9E-1", "0.79000000000000000001"])
  func otherForm(number: String) throws {
    let line = try JSON.parse(RecordScannerTests.question).canonical
      .replacing(#""e":0.79"#, with: #""e":\#(number)"#)
    let sum = CRC32.hexadecimal(line)
    let sealed = line.dropLast() + #","crc32":"\#(sum)"}"#
    var scanner = RecordScanner()
    let fast = scanner.question(Array(sealed.utf8))
    #expect(fast == nil)
    #expect(!CRC32.isIntact(try JSON.parse(String(sealed))))
  }
}
