// SHA-256 of bytes that come in parts.
//
// Checked by  HashesTests.

import Crypto
import Foundation

public struct RunningHash: Sendable {
  private var sha = SHA256()

  public init() {}

  public mutating func update(_ bytes: [UInt8]) { sha.update(data: bytes) }

  /// Lower-case digits of all bytes so far.
  public var hexadecimal: String { Hashes.hexadecimal(sha.finalize()) }
}
