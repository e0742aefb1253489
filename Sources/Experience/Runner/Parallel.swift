// Work spread over the cores in contiguous stripes; results come back in index order, so the
// number of workers changes no result.

import Dispatch
import Synchronization

public enum Parallel {
  /// `work(0) … work(count − 1)`, on at most `jobs` threads.
  public static func map<Value: Sendable>(
    _ count: Int, jobs: Int, _ work: @Sendable (Int) -> Value
  ) -> [Value] {
    let workers = max(1, min(jobs, count))
    guard workers > 1 else { return (0..<count).map(work) }
    let results = Mutex<[Int: [Value]]>([:])
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let stripe = (count * worker / workers)..<(count * (worker + 1) / workers)
      let values = stripe.map(work)
      results.withLock { $0[worker] = values }
    }
    return results.withLock { parts in (0..<workers).flatMap { parts[$0] ?? [] } }
  }
}
