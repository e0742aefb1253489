// Length of the UTF-8 form of one scalar outside ASCII.
//
// Source      The Unicode Standard 15, table 3-7 (well-formed UTF-8 byte sequences).
// Checked by  JSONTapeTests (all pairs of lead and second byte, against the library's check).

enum UTF8Sequence {
  /// Bytes of the well-formed sequence that starts here; 0: there is none.
  static func length(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    func isTail(_ index: Int) -> Bool { bytes[index] & 0xc0 == 0x80 }
    guard count >= 2 else { return 0 }
    let second = bytes[1]
    switch bytes[0] {
    case 0xc2...0xdf: return isTail(1) ? 2 : 0
    case 0xe0: return count >= 3 && second >= 0xa0 && second <= 0xbf && isTail(2) ? 3 : 0
    case 0xed: return count >= 3 && second >= 0x80 && second <= 0x9f && isTail(2) ? 3 : 0
    case 0xe1...0xef: return count >= 3 && isTail(1) && isTail(2) ? 3 : 0
    case 0xf0:
      return count >= 4 && second >= 0x90 && second <= 0xbf && isTail(2) && isTail(3) ? 4 : 0
    case 0xf1...0xf3: return count >= 4 && isTail(1) && isTail(2) && isTail(3) ? 4 : 0
    case 0xf4:
      return count >= 4 && second >= 0x80 && second <= 0x8f && isTail(2) && isTail(3) ? 4 : 0
    default: return 0
    }
  }
}
