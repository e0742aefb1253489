import RigidBody
import Testing

@Suite("Vector of three")
struct Vector3Tests {
  let x = Vector3(x: 1, y: 0, z: 0)
  let y = Vector3(x: 0, y: 1, z: 0)
  let z = Vector3(x: 0, y: 0, z: 1)

  // Fails if a component of a product is swapped or has the wrong sign.
  @Test("has a right-handed product")
  func axes() {
    #expect(x.cross(y) == z && y.cross(z) == x && z.cross(x) == y)
    #expect(y.cross(x) == -z)
    #expect(x.dot(x) == 1 && x.dot(y) == 0 && y.dot(z) == 0)
  }

  // Fails if one component of a sum or of a scaling is lost: small integers are exact.
  @Test("meets identities exactly on integers")
  func identities() {
    let a = Vector3(x: 2, y: -3, z: 5)
    let b = Vector3(x: 7, y: 11, z: -13)
    let c = Vector3(x: -1, y: 4, z: 6)
    #expect(a.cross(b.cross(c)) == a.dot(c) * b - a.dot(b) * c)
    #expect(a.dot(b.cross(c)) == c.dot(a.cross(b)))
    #expect((a + b) - b == a && a * 2 == a + a && a + -a == .zero)
    #expect(Vector3(x: 2, y: -3, z: 6).length == 7)
  }
}
