// The loops of the solve. Each runs over active cells in their order; sums have one order.

extension StressSystem {
  /// u += sign·M⁻¹(Dᵀp + Eᵀτ).
  static func gather(
    _ tension: [SIMD8<Double>], _ near: [Int32], _ lightness: [SIMD4<Double>], _ sign: Double,
    _ velocity: inout [SIMD4<Double>]
  ) {
    let count = tension.count - 1
    for index in 0..<count {
      let place = 6 * index
      let own = tension[index]
      let xLow = tension[Int(near[place])]
      let xHigh = tension[Int(near[place + 1])]
      let yLow = tension[Int(near[place + 2])]
      let yHigh = tension[Int(near[place + 3])]
      let zLow = tension[Int(near[place + 4])]
      let zHigh = tension[Int(near[place + 5])]
      let p = own[0]
      let x = (xLow[0] + xLow[1]) - (p + own[1]) + (own[4] - yHigh[4]) + (own[5] - zHigh[5])
      let y = (yLow[0] + yLow[2]) - (p + own[2]) + (own[4] - xHigh[4]) + (own[6] - zHigh[6])
      let z = (zLow[0] + zLow[3]) - (p + own[3]) + (own[5] - xHigh[5]) + (own[6] - yHigh[6])
      velocity[index] += sign * lightness[index] * SIMD4(x, y, z, 0)
    }
  }

  /// image = E u + diagonal·tension; returns image·tension.
  static func scatter(
    _ velocity: [SIMD4<Double>], _ near: [Int32], _ diagonal: [SIMD8<Double>],
    _ tension: [SIMD8<Double>], _ image: inout [SIMD8<Double>]
  ) -> Double {
    let count = velocity.count - 1
    var sum = SIMD8<Double>.zero
    for index in 0..<count {
      let place = 6 * index
      let own = velocity[index]
      let xLow = velocity[Int(near[place])]
      let xHigh = velocity[Int(near[place + 1])]
      let yLow = velocity[Int(near[place + 2])]
      let yHigh = velocity[Int(near[place + 3])]
      let zLow = velocity[Int(near[place + 4])]
      let zHigh = velocity[Int(near[place + 5])]
      let (xx, yy, zz) = (xHigh.x - own.x, yHigh.y - own.y, zHigh.z - own.z)
      let xy = (own.x - yLow.x) + (own.y - xLow.y)
      let xz = (own.x - zLow.x) + (own.z - xLow.z)
      let yz = (own.y - zLow.y) + (own.z - yLow.z)
      let value = tension[index]
      let result = SIMD8(xx + yy + zz, xx, yy, zz, xy, xz, yz, 0) + diagonal[index] * value
      sum += result * value
      image[index] = result
    }
    return sum.sum()
  }

  static func descend(
    _ pace: Double, _ direction: [SIMD8<Double>], _ image: [SIMD8<Double>],
    _ tension: inout [SIMD8<Double>], _ residual: inout [SIMD8<Double>]
  ) {
    for index in 0..<(direction.count - 1) {
      tension[index] += pace * direction[index]
      residual[index] -= pace * image[index]
    }
  }

  /// smooth = block inverses·residual; returns their product.
  static func precondition(
    _ residual: [SIMD8<Double>], _ inverse: [SIMD8<Float>], _ smooth: inout [SIMD8<Double>]
  ) -> Double {
    var sum = SIMD8<Double>.zero
    for index in 0..<(residual.count - 1) {
      let value = residual[index]
      let place = 7 * index
      var result = SIMD8<Double>.zero
      for lane in 0..<7 { result += value[lane] * SIMD8<Double>(inverse[place + lane]) }
      smooth[index] = result
      sum += result * value
    }
    return sum.sum()
  }

  static func turn(
    _ ratio: Double, _ smooth: [SIMD8<Double>], _ direction: inout [SIMD8<Double>]
  ) {
    for index in 0..<(smooth.count - 1) {
      direction[index] = smooth[index] + ratio * direction[index]
    }
  }

  static func largest(_ velocity: [SIMD4<Double>]) -> Double {
    var largest = SIMD4<Double>.zero
    for value in velocity { largest.replace(with: value, where: value .> largest) }
    for value in velocity { largest.replace(with: -value, where: -value .> largest) }
    return max(largest.x, largest.y, largest.z)
  }

  static func difference(_ a: [SIMD4<Double>], _ b: [SIMD4<Double>]) -> Double {
    var largest = 0.0
    for index in a.indices {
      let rest = a[index] - b[index]
      largest = max(largest, abs(rest.x), abs(rest.y), abs(rest.z))
    }
    return largest
  }
}
