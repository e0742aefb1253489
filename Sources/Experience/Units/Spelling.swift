// Nearest known word to a misspelt one.
//
// Source  Damerau 1964, Commun. ACM 7, 171: insertion, deletion, substitution and exchange of
//         neighbours each count one; the restricted ("optimal string alignment") distance.

public enum Spelling {
  /// The nearest of `candidates` within a distance of 2 (1 for words of up to three letters);
  /// the first one in order wins a tie.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let limit = word.count <= 3 ? 1 : 2
    var best: (distance: Int, exact: Int, start: Int, word: String)?
    for candidate in candidates where abs(candidate.count - word.count) <= limit {
      let distance = Spelling.distance(word.lowercased(), candidate.lowercased())
      guard distance <= limit else { continue }
      // among equally near words, the one with the same capitals, then with the same first letter
      let exact = Spelling.distance(word, candidate)
      let start = word.first == candidate.first ? 0 : 1
      if (distance, exact, start)
        < (best?.distance ?? .max, best?.exact ?? .max, best?.start ?? .max)
      {
        best = (distance, exact, start, candidate)
      }
    }
    return best?.word
  }

  /// Damerau-Levenshtein distance, restricted form.
  public static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + Array(repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
