// Watches a run: extremes, sign changes, time integrals and reports.
//
// Discretisation  an extreme inside a step is looked for when the parabola through start, middle and
//                 end has its top there, and refined by parabolas through re-stepped states; a sign
//                 change by the Illinois method on re-stepped states, to 4 ulp of the time; integrals
//                 by Simpson's rule in each step (order 4)
// Validity        a quantity with one extreme in a step; steps resolve the motion
// Checked by      EngineUnseenTests, EngineAuditTests

struct RunObserver: Sendable {
  let options: RunOptions
  private(set) var reports: [WorldSample] = []
  private(set) var extremes: [Extreme]
  private(set) var crossings: [[Crossing]]
  /// For each body: whether it moved when it was last looked at.
  var isMoving: [Bool] = []
  private let times: [Double]
  private var signs: [Double] = []

  init(options: RunOptions) {
    self.options = options
    extremes = options.watches.map { _ in Extreme() }
    crossings = options.crossings.map { _ in [] }
    times = options.reportTimes
  }

  mutating func begin(_ sample: WorldSample) {
    isMoving = sample.state.twists.map { $0 != .zero }
    signs = options.crossings.map { $0.value(sample) }
    look(at: sample)
    report(at: sample.state.time) { sample }
  }

  /// Report times after `time` that only a resting run could answer are answered by the end.
  func reportsAreDone(after time: Double) -> Bool { true }

  mutating func report(at time: Double, _ sample: () -> WorldSample) {
    while reports.count < times.count, times[reports.count] <= time { reports.append(sample()) }
  }

  /// The run has ended at rest: what was asked for later is the same state.
  mutating func finish(_ sample: WorldSample) {
    look(at: sample)
    while reports.count < times.count, times[reports.count] <= options.duration {
      var later = sample
      later.state.time = times[reports.count]
      reports.append(later)
    }
  }

  /// Velocities and forces jumped.
  mutating func jump(to sample: WorldSample) {
    look(at: sample)
    for (index, watch) in options.crossings.enumerated() {
      cross(index, from: signs[index], to: watch.value(sample), sample)
    }
  }

  private mutating func cross(
    _ index: Int, from old: Double, to new: Double, _ sample: WorldSample
  ) {
    if old != 0, new != 0, (old < 0) != (new < 0) {
      crossings[index].append(
        Crossing(time: sample.state.time, isRising: new > 0, sample: sample))
    }
    if new != 0 { signs[index] = new }
  }

  private mutating func look(at sample: WorldSample) {
    for (index, watch) in options.watches.enumerated() {
      extend(index, watch.value(sample), sample.state.time)
    }
  }

  private mutating func extend(_ index: Int, _ value: Double, _ time: Double) {
    if value > extremes[index].maximum {
      (extremes[index].maximum, extremes[index].timeOfMaximum) = (value, time)
    }
    if value < extremes[index].minimum {
      (extremes[index].minimum, extremes[index].timeOfMinimum) = (value, time)
    }
  }

  /// A smooth step was made; `at` gives samples inside it.
  mutating func step(
    from old: WorldSample, to new: WorldSample, at resample: (Double) -> WorldSample
  ) {
    let (t0, t1) = (old.state.time, new.state.time)
    guard t1 > t0 else { return }
    var middle: WorldSample?
    for (index, watch) in options.watches.enumerated() {
      let (f0, f1) = (watch.value(old), watch.value(new))
      if middle == nil { middle = resample(0.5 * (t0 + t1)) }
      guard let middle else { continue }
      let fm = watch.value(middle)
      if watch.integrates {
        extremes[index].integral += (t1 - t0) / 6 * (f0 + 4 * fm + f1)
      }
      extend(index, fm, middle.state.time)
      extend(index, f1, t1)
      // top of the parabola, in units of the step from the middle
      let (slope, curvature) = (f1 - f0, 4 * (f0 - 2 * fm + f1))
      // what is constant but for rounding has no extreme to look for
      guard abs(curvature) > 1e-9 * max(abs(f0), abs(fm), abs(f1)), abs(slope) < abs(curvature)
      else { continue }
      let top = fm - 0.5 * slope * slope / curvature
      let isMaximum = curvature < 0
      let slack = 1e-3 * abs(curvature)
      guard
        isMaximum
          ? top + slack >= extremes[index].maximum : top - slack <= extremes[index].minimum
      else { continue }
      refine(index, t0, t1, isMaximum, resample)
    }
    for (index, watch) in options.crossings.enumerated() {
      let value = watch.value(new)
      if signs[index] != 0, value != 0, (signs[index] < 0) != (value < 0) {
        let crossing = locate(
          watch, t0, t1, start: watch.value(old), end: value, new, resample)
        crossings[index].append(crossing)
      }
      if value != 0 { signs[index] = value }
    }
  }

  /// Parabolas through ever closer points: the top of the last one is good to 1e-7 of the step, and
  /// the value there to the square of that.
  private mutating func refine(
    _ index: Int, _ t0: Double, _ t1: Double, _ isMaximum: Bool, _ at: (Double) -> WorldSample
  ) {
    let watch = options.watches[index]
    var centre = 0.5 * (t0 + t1)
    for share in [0.5, 0.1, 0.01, 0.001] {
      let width = share * (t1 - t0)
      centre = min(max(centre, t0 + width), t1 - width)
      let left = watch.value(at(centre - width))
      let middle = watch.value(at(centre))
      let right = watch.value(at(centre + width))
      let (slope, curvature) = (right - left, left - 2 * middle + right)
      extend(index, middle, centre)
      guard curvature != 0, (curvature < 0) == isMaximum else { break }
      centre = min(max(centre - 0.5 * width * slope / curvature, t0), t1)
    }
    extend(index, watch.value(at(centre)), centre)
  }

  private func locate(
    _ watch: Watch, _ t0: Double, _ t1: Double, start: Double, end: Double, _ last: WorldSample,
    _ at: (Double) -> WorldSample
  ) -> Crossing {
    var (low, high, fLow, fHigh) = (t0, t1, start, end)
    var sample = last
    var side = 0
    for _ in 0..<200 where high - low > 4 * max(high.ulp, low.ulp) {
      var probe = fLow == fHigh ? 0.5 * (low + high) : low - fLow * (high - low) / (fHigh - fLow)
      if !(probe > low && probe < high) { probe = 0.5 * (low + high) }
      if !(probe > low && probe < high) { break }
      let trial = at(probe)
      let value = watch.value(trial)
      if value == 0 || (value < 0) == (end < 0) {
        (high, fHigh, sample) = (probe, value, trial)
        if side == 1 { fLow *= 0.5 }
        side = 1
        if value == 0 { break }
      } else {
        (low, fLow) = (probe, value)
        if side == -1 { fHigh *= 0.5 }
        side = -1
      }
    }
    return Crossing(time: high, isRising: end > 0, sample: sample)
  }
}
