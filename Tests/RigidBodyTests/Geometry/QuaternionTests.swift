import Foundation
import RigidBody
import Testing

@Suite("Quaternions")
struct QuaternionTests {
  // Fails if body and world axes are exchanged, or the order of a product: a quarter turn about z
  // takes x to y; about z then about the new x is the product from the left to the right.
  @Test("quarter turns")
  func quarters() {
    let z = Quaternion(rotationVector: 0.5 * Double.pi * Vector3.unitZ)
    let x = Quaternion(rotationVector: 0.5 * Double.pi * Vector3.unitX)
    #expect((z.rotate(.unitX) - .unitY).length < 1e-15)
    #expect(((z * x).rotate(.unitY) - .unitZ).length < 1e-15)
    #expect(((x * z).rotate(.unitX) - .unitZ).length < 1e-15)
    #expect(((z * z.conjugate).rotate(.unitX) - .unitX).length < 1e-15)
  }

  // Fails if the logarithm is not the inverse of the exponential, near 0 (series) or near a half turn.
  @Test("rotation vectors come back", arguments: [1e-12, 1e-4, 0.9999e-4, 1, 3, 3.14159])
  func roundTrip(angle: Double) {
    let vector = (angle / 3) * Vector3(x: 1, y: -2, z: 2)
    let back = Quaternion(rotationVector: vector).rotationVector
    #expect((back - vector).length < 4e-16 * max(1, angle) + 1e-15 * angle)
  }

  // Fails if the matrix and the quaternion turn differently.
  @Test("matrix and quaternion agree")
  func matrix() {
    let q = Quaternion(rotationVector: Vector3(x: 0.3, y: -1.1, z: 0.7))
    for v in [Vector3.unitX, .unitY, .unitZ, Vector3(x: 1, y: 2, z: -3)] {
      #expect((q.matrix.toWorld(v) - q.rotate(v)).length < 4e-15)
      #expect((q.matrix.toBody(q.rotate(v)) - v).length < 4e-15)
    }
  }
}
