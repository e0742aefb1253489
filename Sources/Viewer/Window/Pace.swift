// How fast a live run is, and how much of it to ask for at once.

/// Speed asked and reached, over about half a second.
struct Pace: Sendable {
  /// Simulated seconds that take about 25 ms on the wall.
  private(set) var portion = 1e-3
  /// Seconds of the run for a second on the wall.
  private(set) var reached = 0.0
  private var advanced = 0.0
  private var passed = 0.0

  mutating func record(simulated: Double, taken: Duration) {
    let seconds = max(1e-6, taken / .seconds(1))
    let fair = simulated * 0.025 / seconds
    // grows slowly, shrinks at once
    portion = min(fair, 2 * portion)
  }

  mutating func show(advanced step: Double, in seconds: Double) {
    (advanced, passed) = (advanced + step, passed + seconds)
    guard passed > 0.5 else { return }
    reached = advanced / passed
    (advanced, passed) = (0, 0)
  }
}
