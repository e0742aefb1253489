// Numbers and vectors that carry their rate of change.
//
// Equation        (a + a'dt)(b + b'dt) = ab + (a'b + ab')dt, and so on for every operation
// Discretisation  none: the rates are those of the formula, exact to rounding
// Source          dual numbers (forward differentiation): Wengert 1964, Commun. ACM 7, 463
// Deviation       only first order, only the operations that contact geometry needs
// Validity        lengths above 1e-150 of the unit; `unit(or:)` says what happens at 0
// Checked by      ManifoldRateTests: rates of all contact points against differences of poses

/// A number and its rate.
struct MovingScalar {
  var value: Double
  var rate: Double

  init(_ value: Double, rate: Double = 0) { (self.value, self.rate) = (value, rate) }

  static func + (a: Self, b: Self) -> Self { Self(a.value + b.value, rate: a.rate + b.rate) }
  static func - (a: Self, b: Self) -> Self { Self(a.value - b.value, rate: a.rate - b.rate) }
  static func + (a: Self, b: Double) -> Self { Self(a.value + b, rate: a.rate) }
  static func - (a: Self, b: Double) -> Self { Self(a.value - b, rate: a.rate) }
  static prefix func - (a: Self) -> Self { Self(-a.value, rate: -a.rate) }
  static func * (a: Self, b: Self) -> Self {
    Self(a.value * b.value, rate: a.rate * b.value + a.value * b.rate)
  }
  static func * (a: Double, b: Self) -> Self { Self(a * b.value, rate: a * b.rate) }
  static func / (a: Self, b: Self) -> Self {
    let quotient = a.value / b.value
    return Self(quotient, rate: (a.rate - quotient * b.rate) / b.value)
  }
  /// Square root of a positive number.
  var squareRoot: Self {
    let root = value.squareRoot()
    return Self(root, rate: rate / (2 * root))
  }
}

/// A vector and its rate.
struct MovingVector {
  var value: Vector3
  var rate: Vector3

  init(_ value: Vector3, rate: Vector3 = .zero) { (self.value, self.rate) = (value, rate) }

  static func + (a: Self, b: Self) -> Self { Self(a.value + b.value, rate: a.rate + b.rate) }
  static func - (a: Self, b: Self) -> Self { Self(a.value - b.value, rate: a.rate - b.rate) }
  static prefix func - (a: Self) -> Self { Self(-a.value, rate: -a.rate) }
  static func * (s: MovingScalar, a: Self) -> Self {
    Self(s.value * a.value, rate: s.rate * a.value + s.value * a.rate)
  }
  static func * (s: Double, a: Self) -> Self { Self(s * a.value, rate: s * a.rate) }

  func dot(_ b: Self) -> MovingScalar {
    MovingScalar(value.dot(b.value), rate: rate.dot(b.value) + value.dot(b.rate))
  }
  func cross(_ b: Self) -> Self {
    Self(value.cross(b.value), rate: rate.cross(b.value) + value.cross(b.rate))
  }
  /// Euclidean norm; its rate is 0 where the length is 0.
  var length: MovingScalar {
    let size = value.length
    return MovingScalar(size, rate: size > 1e-150 ? value.dot(rate) / size : 0)
  }
  /// The direction, or `fallback` (at rest) when the vector is shorter than `threshold`.
  func unit(or fallback: Vector3, threshold: Double = 1e-150) -> Self {
    let size = value.length
    guard size > threshold else { return Self(fallback) }
    let direction = (1 / size) * value
    return Self(direction, rate: (1 / size) * (rate - rate.dot(direction) * direction))
  }
}

/// The axes of a shape, moving with their twist.
struct MovingFrame {
  let position: Vector3
  let axes: Rotation
  let twist: Twist

  init(_ pose: Pose, _ twist: Twist) {
    (position, axes, self.twist) = (pose.position, pose.orientation.matrix, twist)
  }

  var origin: MovingVector { MovingVector(position, rate: twist.velocity) }
  /// Third axis, that of capsules, cylinders, planes and pipes.
  var axis: MovingVector { MovingVector(axes.z, rate: twist.spin.cross(axes.z)) }
  /// First axis, which is normal to the third.
  var side: MovingVector { MovingVector(axes.x, rate: twist.spin.cross(axes.x)) }

  /// A material point given in the frame.
  func point(_ local: Vector3) -> MovingVector {
    let offset = axes.toWorld(local)
    return MovingVector(position + offset, rate: twist.velocity + twist.spin.cross(offset))
  }
  /// A material direction given in the frame.
  func direction(_ local: Vector3) -> MovingVector {
    let world = axes.toWorld(local)
    return MovingVector(world, rate: twist.spin.cross(world))
  }
  /// A point in the world, in the frame.
  func local(_ world: Vector3) -> Vector3 { axes.toBody(world - position) }
}

extension Vector3 {
  /// A unit vector normal to this one; the first axis when this one is zero.
  var anyNormal: Vector3 {
    let (a, b, c) = (abs(x), abs(y), abs(z))
    let helper: Vector3
    if a <= b && a <= c {
      helper = Vector3(x: 1, y: 0, z: 0)
    } else if b <= c {
      helper = Vector3(x: 0, y: 1, z: 0)
    } else {
      helper = Vector3(x: 0, y: 0, z: 1)
    }
    let normal = cross(helper)
    let size = normal.length
    return size > 1e-150 ? (1 / size) * normal : helper
  }
}
