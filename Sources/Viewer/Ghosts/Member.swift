// A member of the declared tolerances as something thin to look through.

import Experience

/// One run at drawn inputs.
public struct Member: Sendable, Hashable {
  let stage: Stage
  /// In s, ascending.
  let times: [Double]
  /// One list for each instant.
  let poses: [[FramePose]]
  /// Way of the centre of mass of each prop that moves; empty for the others.
  let paths: [[Point3]]

  /// - Parameter run: poses over time; the rest of its frames is not looked at.
  public init(_ run: Recording) {
    (stage, times, poses) = (run.stage, run.times, run.frames.map(\.poses))
    // two hundred points are a smooth line
    let step = max(1, run.frames.count / 200)
    var chosen = Array(stride(from: 0, to: run.frames.count, by: step))
    if let last = run.frames.indices.last, chosen.last != last { chosen.append(last) }
    paths = run.stage.props.enumerated().map { prop, form in
      guard !form.isFixed else { return [] }
      return chosen.compactMap { index in
        let poses = run.frames[index].poses
        return poses.indices.contains(prop) ? poses[prop].place(form.centreOfMass) : nil
      }
    }
  }

  /// Poses at an instant: those of the last frame that is not after it.
  func poses(at time: Double) -> [FramePose] {
    poses.isEmpty ? [] : poses[Instant.index(at: time, in: times)]
  }
}

extension Bounds {
  /// What a run and the ways of its members fill.
  init(of source: any FrameSource, _ members: [Member]) throws {
    self = try Bounds(of: source)
    for point in members.lazy.flatMap(\.paths).joined() { add(point) }
  }
}
