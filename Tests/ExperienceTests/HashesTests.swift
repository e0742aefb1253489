import Experience
import Foundation
import Testing

@Suite("Hashes")
struct HashesTests {
  // FIPS 180-4 test vectors, and a keyed seed worked out with another HMAC. Fails if bytes are read
  // big-endian or the digest is printed in another case.
  @Test("meet published and independent values")
  func values() {
    #expect(
      Hashes.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Hashes.sha256(Data()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    let key = Array("demo-key-not-secret".utf8)
    #expect(Hashes.seed(key: key, message: "ball-drop/1.0.0/000042") == 18_439_065_239_736_342_081)
    #expect(
      Hashes.sha256(Data(key))
        == "75a3c845d91518deab0730512ad0b5c4be785aed9b8b7b911ed6d7a4d0468a44")
  }

  // Check value of CRC-32/ISO-HDLC. Fails with another polynomial, start value or reflection.
  @Test("CRC-32 has its check value")
  func crc() {
    #expect(CRC32.hexadecimal("123456789") == "cbf43926")
    #expect(CRC32.hexadecimal("") == "00000000")
  }

  // Fails if the checksum covers itself, depends on the order of fields, or misses a changed digit.
  @Test("a sealed line is intact until it is changed")
  func sealed() throws {
    let record = JSON.object([("b", .number(0.1)), ("a", .text("x"))])
    let line = CRC32.sealed(record)
    let read = try JSON.parse(line)
    #expect(CRC32.isIntact(read) && read["crc32"] != nil)
    #expect(CRC32.isIntact(try JSON.parse(read.canonical)))
    #expect(!CRC32.isIntact(try JSON.parse(line.replacing("0.1", with: "0.2"))))
    #expect(CRC32.isIntact(record))
    #expect(CRC32.sealed(.number(1)) == "1")
  }

  // Fails if a part is left out or read twice.
  @Test("bytes in parts have the hash of the whole")
  func parts() {
    var hash = RunningHash()
    for part in ["plumb", "", "line"] { hash.update(Array(part.utf8)) }
    #expect(hash.hexadecimal == Hashes.sha256("plumbline"))
  }
}
