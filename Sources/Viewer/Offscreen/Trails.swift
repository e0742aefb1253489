// Where the centres of mass have been.

import Experience

enum Trails {
  /// At most 120 earlier places of each prop that moves, oldest first, over `span` seconds.
  /// Crowds of more than 16 props leave none: nobody could follow them.
  static func make(
    _ source: any FrameSource, upTo index: Int, span: Double
  ) throws -> [[Point3]] {
    let stage = source.stage
    let times = source.times
    guard times.indices.contains(index), index > 0,
      stage.props.filter({ !$0.isFixed }).count <= 16
    else { return [] }
    let first = Instant.index(at: times[index] - span, in: times)
    let step = max(1, (index - first) / 120)
    var trails = [[Point3]](repeating: [], count: stage.props.count)
    var chosen = Array(stride(from: first, to: index, by: step))
    chosen.append(index)
    for frameIndex in chosen {
      let frame = try source.frame(frameIndex)
      for (prop, pose) in frame.poses.enumerated()
      where stage.props.indices.contains(prop) && !stage.props[prop].isFixed {
        trails[prop].append(pose.place(stage.props[prop].centreOfMass))
      }
    }
    return trails
  }
}
