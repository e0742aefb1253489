import Experience
import Testing

@Suite("Run comparison")
struct RunComparisonTests {
  let stage = Stage(
    scene: "s", experience: "test",
    props: [Prop(name: "floor", shape: .plane), Prop(name: "ball", shape: .sphere(radius: 1))])

  func frame(_ time: Double, _ position: Point3 = .zero) -> Frame {
    Frame(time: time, poses: [FramePose(), FramePose(position: position)])
  }

  // Fails if equal runs differ, or equality is claimed of frames that were not compared.
  @Test("equal frames are counted")
  func equal() {
    var comparison = RunComparison(of: stage)
    for index in 0..<3 { comparison.add(frame(Double(index)), frame(Double(index))) }
    #expect(comparison.count == 3 && comparison.difference == nil)
    #expect(comparison.text == "identical in 3 frames, bit by bit")
  }

  // Fails if the last bit of one coordinate is not seen, or the wrong body or time is named.
  @Test("one bit of one coordinate is a difference, and the first one is told")
  func bit() throws {
    var comparison = RunComparison(of: stage)
    comparison.add(frame(0), frame(0))
    comparison.add(frame(0.5, Point3(0, 0, 1)), frame(0.5, Point3(0, 0, 1.0.nextUp)))
    comparison.add(frame(1, Point3(9, 0, 0)), frame(1))
    let difference = try #require(comparison.difference)
    #expect(difference.body == "ball" && difference.time == 0.5)
    #expect(difference.quantity == "position" && difference.size == 1.0.ulp)
    #expect(comparison.count == 1)
    #expect(
      comparison.text
        == "first difference at 0.5 s: position of ball by 2.22e-16 m; the first 1 frames are identical"
    )
  }

  // Fails if a run that ends early, or has another clock, passes as the same.
  @Test("missing frames and other times are differences")
  func missing() {
    var short = RunComparison(of: stage)
    short.add(frame(0), frame(0))
    short.end(at: 0.25)
    #expect(short.text == "the first 1 frames are identical; the other run ends before 0.25 s")
    var late = RunComparison(of: stage)
    late.add(frame(0.25), frame(0.5))
    #expect(late.difference?.quantity == "time" && late.difference?.size == 0.25)
  }
}
