// CRC-32 of a record line or a block: finds torn or damaged ones, not forged ones.
//
// Source      IEEE 802.3, reflected polynomial 0xEDB88320 (as in zlib, which computes it).
// Checked by  HashesTests: the check value 0xCBF43926 of "123456789".

public enum CRC32 {
  /// Of bytes that follow others whose checksum is `previous`; 0 for none.
  public static func checksum(
    _ bytes: some Sequence<UInt8>, after previous: UInt32 = 0
  ) -> UInt32 {
    bytes.withContiguousStorageIfAvailable { Zlib.checksum($0, after: previous) }
      ?? checksum(Array(bytes), after: previous)
  }

  /// Eight lower-case hexadecimal digits.
  public static func hexadecimal(_ text: String) -> String {
    hexadecimal(of: checksum(text.utf8))
  }

  static func hexadecimal(of checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// A record's line with its checksum, which covers the canonical object without it.
  public static func sealed(_ record: JSON) -> String {
    guard case .object(var object) = record else { return record.line }
    object["crc32"] = .text(hexadecimal(record.canonical))
    return JSON.object(object).line
  }

  /// Whether a record matches its checksum; one without a checksum does.
  public static func isIntact(_ record: JSON) -> Bool {
    guard case .object(var object) = record, let sum = object["crc32"]?.text else { return true }
    object["crc32"] = nil
    return hexadecimal(JSON.object(object).canonical) == sum
  }
}
