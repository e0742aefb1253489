// Ascending order of doubles, equal ones in the order in which they came.
//
// Method      runs that ascend already are kept, shorter ones made longer by insertion, and neighbours
//             merged, from one list into the other and back. The members of several known laws, each
//             in order, are so merged rather than sorted.
// Same        as the library's sort, which is stable too: -0 and 0 keep their order. With a
//             not-a-number there is no order, and the library does what it does.
// Unsafe      merges index buffers without checks: three lists of 64 to 320 numbers a score, and a million
//             scores (benchmarks/results/score-speed.txt).
// Checked by  EnsembleTests (against the library's sort).

enum StableSort {
  private static let shortest = 8

  static func sorted(_ values: [Double]) -> [Double] {
    guard values.count > 1 else { return values }
    var runs: [Int] = [0]
    runs.reserveCapacity(values.count / shortest + 2)
    var list = values
    let isOrdered = list.withUnsafeMutableBufferPointer { list in makeRuns(list, &runs) }
    guard isOrdered else { return values.sorted() }
    if runs.count == 2 { return list }
    var other = list
    while runs.count > 2 {
      var merged = [0]
      merged.reserveCapacity(runs.count / 2 + 2)
      list.withUnsafeBufferPointer { list in
        other.withUnsafeMutableBufferPointer { other in
          var place = 0
          while place + 1 < runs.count {
            let end = place + 2 < runs.count ? runs[place + 2] : runs[place + 1]
            merge(list, runs[place], runs[place + 1], end, into: other)
            merged.append(end)
            place += 2
          }
        }
      }
      swap(&list, &other)
      runs = merged
    }
    return list
  }

  /// Ends of runs that ascend, behind the 0 that is there; false: there is a not-a-number.
  private static func makeRuns(
    _ list: UnsafeMutableBufferPointer<Double>, _ runs: inout [Int]
  ) -> Bool {
    var start = 0
    while start < list.count {
      guard !list[start].isNaN else { return false }
      var end = start + 1
      while end < list.count, list[end - 1] <= list[end] { end += 1 }
      while end < list.count, end - start < shortest {
        let value = list[end]
        guard !value.isNaN else { return false }
        var hole = end
        while hole > start, list[hole - 1] > value {
          list[hole] = list[hole - 1]
          hole -= 1
        }
        list[hole] = value
        end += 1
      }
      runs.append(end)
      start = end
    }
    return true
  }

  private static func merge(
    _ list: UnsafeBufferPointer<Double>, _ start: Int, _ middle: Int, _ end: Int,
    into out: UnsafeMutableBufferPointer<Double>
  ) {
    var (left, right, place) = (start, middle, start)
    while left < middle, right < end {
      // no branch on what is larger: it would be guessed wrong every other time
      let (one, two) = (list[left], list[right])
      let isRight = two < one
      out[place] = isRight ? two : one
      right += isRight ? 1 : 0
      left += isRight ? 0 : 1
      place += 1
    }
    while left < middle {
      out[place] = list[left]
      left += 1
      place += 1
    }
    while right < end {
      out[place] = list[right]
      right += 1
      place += 1
    }
  }
}
