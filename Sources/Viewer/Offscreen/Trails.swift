// Where the centres of mass have been.
//
// Places are kept by frame, since the next picture needs most of them again: without that, a video
// would read every frame of its file a hundred times.

import Experience

/// Trails of one run.
public final class Trails {
  private var places: [Int: [Point3?]] = [:]

  public init() {}

  /// About 120 earlier places of each prop that moves, oldest first, over `span` seconds.
  /// Crowds of more than 16 props leave none: nobody could follow them.
  func make(_ source: any FrameSource, times: [Double], upTo index: Int, span: Double) throws
    -> [[Point3]]
  {
    let stage = source.stage
    guard times.indices.contains(index), index > 0,
      stage.props.filter({ !$0.isFixed }).count <= 16
    else { return [] }
    let first = Instant.index(at: times[index] - span, in: times)
    // a stride by powers of two: what was read for one picture serves the next
    var step = 1
    while (index - first) / step > 160 { step *= 2 }
    var trails = [[Point3]](repeating: [], count: stage.props.count)
    let start = (first + step - 1) / step * step
    var chosen = Array(stride(from: start, to: index, by: step))
    chosen.append(index)
    for frameIndex in chosen {
      for (prop, place) in try read(source, frameIndex).enumerated() {
        if let place { trails[prop].append(place) }
      }
    }
    return trails
  }

  private func read(_ source: any FrameSource, _ index: Int) throws -> [Point3?] {
    if let known = places[index] { return known }
    let stage = source.stage
    let frame = try source.frame(index)
    let list = zip(stage.props, frame.poses).map { prop, pose in
      prop.isFixed ? nil : pose.place(prop.centreOfMass)
    }
    places[index] = list
    return list
  }
}
