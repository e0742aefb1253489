// What a session asks of its scene beside the run: members of the tolerances, the same run again.
//
// Both go on in threads of their own; `collect` takes in what has come and never waits.

import Experience

extension Session {
  /// Members that are shown.
  static let memberLimit = 16

  /// Takes in what came, and begins what a switch asks for.
  mutating func collect() {
    if layers.contains(.members), !hasAskedForMembers { beginMembers() }
    takeMembers()
    takeComparison()
    takeRecord()
  }

  /// The record of a live run may be done when the run has already stopped.
  private mutating func takeRecord() {
    guard case .live(var source) = run, !playback.isPlaying, error == nil, notes.outcomes.isEmpty
    else { return }
    do { try source.advance(to: known) } catch { fail(error) }
    run = .live(source)
  }

  /// Gives up what is not done.
  func cancelWork() {
    memberWork?.cancel()
    rerunWork?.cancel()
  }

  // MARK: Members

  mutating func toggleMembers() {
    toggle(.members)
    guard layers.contains(.members), members.isEmpty, memberWork == nil else { return }
    beginMembers()
  }

  private mutating func beginMembers() {
    hasAskedForMembers = true
    guard let source = run.source as? any SceneRun else {
      message = "a recording has no scene to draw members of"
      return
    }
    let draws = SceneMembers(of: source.scene)
    guard !draws.isExact else {
      message = "all inputs of this scene are exact: it has no members"
      return
    }
    let count = min(Session.memberLimit, source.scene.samples)
    message = "draws \(count) members of the tolerances"
    memberWork = Background { desk in
      for index in 0..<count where !desk.isCancelled {
        // a member that cannot be run is counted, the others are shown
        desk.add((try? draws.run(index)).map(Member.init))
      }
    }
  }

  private mutating func takeMembers() {
    guard let work = memberWork else { return }
    let isDone = work.isDone
    let parts = work.parts
    let found = parts.compactMap(\.self)
    if found.count != members.count { members = found }
    guard isDone else { return }
    memberWork = nil
    let lost = parts.count - found.count
    message =
      lost == 0
      ? "\(found.count) members of the tolerances"
      : "\(found.count) members of the tolerances; \(lost) could not be run"
  }

  // MARK: The same run again

  mutating func runAgain() {
    guard rerunWork == nil else {
      message = "is being run again already"
      return
    }
    guard let source = run.source as? any SceneRun else {
      message = "a recording has no scene to run again"
      return
    }
    do {
      let frames = try times.indices.map { try source.frame($0) }
      let rerun = Rerun(stage: stage, frames: frames, pulls: pulls, again: source.again)
      message = "runs again to compare \(frames.count) frames"
      rerunWork = Background { desk in
        if let comparison = try rerun.compare({ desk.isCancelled }) { desk.add(comparison) }
      }
    } catch { fail(error) }
  }

  private mutating func takeComparison() {
    guard let work = rerunWork, work.isDone else { return }
    rerunWork = nil
    if let found = work.parts.first {
      comparison = found
      message = found.text
    } else if let failure = work.failure {
      message = "could not be run again: \(failure)"
    }
  }
}
