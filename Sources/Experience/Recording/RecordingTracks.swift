// Marks of a chunk by what they belong to: a contact of two props over the frames in which it exists.
//
// Layout      number of tracks; each: key as signed varints, first frame, frames, one column a field

/// The marks of one kind in a chunk. A mark is a key, which stays, and fields, which change.
struct RecordingTracks {
  typealias Mark = (key: [Int64], fields: [Int64])

  /// Most marks of one kind in a chunk.
  static let markLimit = 1 << 20

  private struct Track {
    var key: [Int64]
    var first: Int
    var marks: [[Int64]]
  }

  /// Writes the marks of consecutive frames; equal keys of one frame are told apart by their order.
  static func write(_ frames: [[Mark]], to out: inout ByteWriter) {
    var tracks: [Track] = []
    /// The track of the nth mark of a key in the frame before.
    var open: [[Int64]: [Int]] = [:]
    for (number, marks) in frames.enumerated() {
      var next: [[Int64]: [Int]] = [:]
      for mark in marks {
        let ordinal = next[mark.key]?.count ?? 0
        if let old = open[mark.key], ordinal < old.count,
          tracks[old[ordinal]].marks[0].count == mark.fields.count
        {
          tracks[old[ordinal]].marks.append(mark.fields)
          next[mark.key, default: []].append(old[ordinal])
        } else {
          tracks.append(Track(key: mark.key, first: number, marks: [mark.fields]))
          next[mark.key, default: []].append(tracks.count - 1)
        }
      }
      open = next
    }
    out.count(tracks.count)
    for track in tracks {
      for number in track.key { out.signed(number) }
      out.count(track.first)
      out.count(track.marks.count)
      for field in track.marks[0].indices {
        RecordingColumn.write(track.marks.map { $0[field] }, to: &out)
      }
    }
  }

  /// Marks of each frame, in the order of their tracks. `fields` tells how many numbers a mark of a
  /// key has, or throws if there is no such key.
  static func read(
    frames count: Int, keyLength: Int, from reader: inout ByteReader,
    fields: ([Int64]) throws(RecordingProblem) -> Int
  ) throws(RecordingProblem) -> [[Mark]] {
    var frames: [[Mark]] = Array(repeating: [], count: count)
    var total = 0
    for _ in 0..<(try reader.count(each: keyLength + 2)) {
      var key: [Int64] = []
      for _ in 0..<keyLength { key.append(try reader.signed()) }
      let first = try reader.index(below: count)
      let length = try reader.index(below: count - first + 1)
      let fieldCount = try fields(key)
      // each field takes a byte a mark at least
      total += length
      guard fieldCount > 0, total <= markLimit, fieldCount <= reader.rest / max(length, 1) else {
        throw .corrupt("a track is longer than its block")
      }
      var columns: [[Int64]] = []
      columns.reserveCapacity(fieldCount)
      for _ in 0..<fieldCount {
        columns.append(try RecordingColumn.read(length, from: &reader))
      }
      for offset in 0..<length {
        frames[first + offset].append((key, columns.map { $0[offset] }))
      }
    }
    return frames
  }
}
