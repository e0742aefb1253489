// Lines on their way to a descriptor, in blocks.

import Experience
import Foundation

struct LineWriter {
  private static let block = 1 << 18

  let descriptor: Int32
  /// For messages.
  let name: String
  private var bytes: [UInt8] = []

  init(to descriptor: Int32, name: String) { (self.descriptor, self.name) = (descriptor, name) }

  mutating func line(_ json: JSON) throws(Failure) {
    json.write(to: &bytes)
    bytes.append(0x0a)
    if bytes.count >= LineWriter.block { try flush() }
  }

  mutating func flush() throws(Failure) {
    try Console.write(Data(bytes), to: descriptor, name: name)
    bytes.removeAll(keepingCapacity: true)
  }
}
