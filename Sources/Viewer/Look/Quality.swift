// How finely the scene is drawn, and the ladder that gives up fineness for speed.
//
// Rule         the mean time of 12 frames, or of those of 0.3 s, decides: above 1/30 s one rung
//              down, above 2/30 s two; below 1/75 s ten times in a row one rung up, unless that
//              rung was too slow before. What stands still for two pictures is drawn one rung finer
//              with each further one, up to the finest; the first change goes back.
// Checked by   QualityTests.

/// A rung of the ladder.
public struct Quality: Sendable, Hashable {
  public let rung: Int
  /// Pixels of the scene for a pixel of the picture, along each side; text is always whole.
  public let scale: Double
  /// Samples a pixel: 0 is one, without smoothing of edges.
  public let samples: Int
  /// Side of the shadow map in texels; 0 is no shadow.
  public let shadowSize: Int
  /// Look-ups in it for a pixel.
  public let shadowTaps: Int
  /// Sides of round forms.
  public let sides: Int

  public static let rungs = [
    Quality(rung: 0, scale: 0.5, samples: 0, shadowSize: 0, shadowTaps: 0, sides: 12),
    Quality(rung: 1, scale: 0.6, samples: 0, shadowSize: 512, shadowTaps: 1, sides: 16),
    Quality(rung: 2, scale: 1, samples: 0, shadowSize: 512, shadowTaps: 1, sides: 20),
    Quality(rung: 3, scale: 1, samples: 0, shadowSize: 1024, shadowTaps: 4, sides: 28),
    Quality(rung: 4, scale: 1, samples: 4, shadowSize: 1024, shadowTaps: 4, sides: 32),
    Quality(rung: 5, scale: 1, samples: 4, shadowSize: 2048, shadowTaps: 25, sides: 48),
  ]
  public static var best: Quality { rungs[rungs.count - 1] }
}

/// Chooses the rung from the times of frames.
public struct QualityLadder: Sendable {
  public private(set) var quality: Quality
  private var sum = 0.0
  private var count = 0
  private var calm = 0
  /// Rungs that were too slow.
  private var ceiling = Quality.rungs.count

  /// Pictures in a row in which nothing has changed.
  private var still = 0

  public init(start: Int = 3) { quality = Quality.rungs[start] }

  /// What the next picture is drawn with: `quality` in motion, finer at rest.
  public var shown: Quality {
    Quality.rungs[min(Quality.best.rung, quality.rung + max(0, still - 2))]
  }

  /// Tells before each picture whether anything has changed since the last one.
  public mutating func next(isStill: Bool) {
    still = isStill ? min(still + 1, Quality.rungs.count + 2) : 0
  }

  /// Takes the time that a frame took to draw, in s. Returns whether the rung changed.
  @discardableResult
  public mutating func record(_ seconds: Double) -> Bool {
    // refined pictures tell nothing about those in motion
    guard seconds.isFinite, seconds >= 0, shown == quality else { return false }
    (sum, count) = (sum + seconds, count + 1)
    guard count == 12 || sum > 0.3 else { return false }
    let mean = sum / Double(count)
    (sum, count) = (0, 0)
    if mean > 1.0 / 30 {
      calm = 0
      guard quality.rung > 0 else { return false }
      ceiling = quality.rung
      quality = Quality.rungs[max(0, quality.rung - (mean > 2.0 / 30 ? 2 : 1))]
      return true
    }
    calm = mean < 1.0 / 75 ? calm + 1 : 0
    guard calm >= 10, quality.rung + 1 < ceiling else { return false }
    calm = 0
    quality = Quality.rungs[quality.rung + 1]
    return true
  }
}
