// Area integrals of directions about an instant centre, as integrals over the boundary.
//
// Equation        ∫|s| = ⅓∮|s| s·n,  ∫s/|s| = ∮|s| n,  ∫(a·s)|s| = ¼∮(a·s)|s| s·n,
//                 ∫(a·s)s/|s| = ∮(a·s)|s| n − a∫|s|  (divergence theorem)
// Discretisation  edge with s = d n + τ t: ∫|s|dτ = I, ∫τ|s|dτ = K in closed form,
//                 I = ½[τ√(d²+τ²) + d² asinh(τ/|d|)], K = ⅓(d²+τ²)^{3/2}; circle: 8-point Gauss on
//                 panels that halve towards the angle closest to the centre
// Source          methods/rigid.md section 2.6
// Deviation       none
// Validity        centre inside, on or outside the outline; cancels like (distance/size)² when far
// Checked by      ContactPatchFrictionTests

import Foundation

/// Integrals over an outline with s the position from the instant centre.
struct SlipIntegrals {
  /// ∫|s|, in m³.
  private(set) var distance = 0.0
  /// ∫s/|s|, in m².
  private(set) var direction = Planar.zero
  /// ∫s|s|, in m⁴.
  private(set) var momentOfDistance = Planar.zero
  /// ∫s sᵀ/|s|, in m³.
  private(set) var spread = (xx: 0.0, xy: 0.0, yy: 0.0)

  init(_ outline: PlanarOutline, about centre: Planar) {
    switch outline {
    case .polygon(let corners):
      for i in corners.indices {
        addEdge(corners[i] - centre, corners[(i + 1) % corners.count] - centre)
      }
    case .disc(let middle, let radius):
      addCircle(middle - centre, radius)
    }
    // the last formula has a term of the area
    spread = (spread.xx - distance, spread.xy, spread.yy - distance)
  }

  /// Adds boundary integrals of |s| and s|s| along a piece with one normal and one distance d = s·n.
  private mutating func add(_ length: Double, _ moment: Planar, _ n: Planar, _ d: Double) {
    distance += d * length / 3
    direction = direction + length * n
    momentOfDistance = momentOfDistance + (d / 4) * moment
    spread.xx += moment.x * n.x
    // symmetric on the whole boundary, not on each piece
    spread.xy += 0.5 * (moment.x * n.y + moment.y * n.x)
    spread.yy += moment.y * n.y
  }

  private mutating func addEdge(_ start: Planar, _ end: Planar) {
    let along = end - start
    let size = along.length
    guard size > 0 else { return }
    let t = (1 / size) * along
    let n = Planar(x: t.y, y: -t.x)
    let d = start.dot(n)
    func first(_ tau: Double) -> Double {
      let s = (d * d + tau * tau).squareRoot()
      // d² asinh(τ/|d|) goes to 0 with d
      let tail = d == 0 ? 0 : d * d * asinh(tau / abs(d))
      return 0.5 * (tau * s + tail)
    }
    func second(_ tau: Double) -> Double {
      let square = d * d + tau * tau
      return square * square.squareRoot() / 3
    }
    let (from, to) = (start.dot(t), end.dot(t))
    let (i, k) = (first(to) - first(from), second(to) - second(from))
    add(i, (d * i) * n + k * t, n, d)
  }

  private mutating func addCircle(_ middle: Planar, _ radius: Double) {
    // the integrand has a branch point near the angle that is closest to the centre
    let nearest = middle.length > 0 ? atan2(-middle.y, -middle.x) : 0
    let apart = max(abs(middle.length - radius) / radius, 1e-9)
    var bounds = [Double.pi]
    while (bounds.last ?? 0) > 0.25 * apart && bounds.count < 40 {
      bounds.append(0.5 * (bounds.last ?? 0))
    }
    bounds.append(0)
    for side in [-1.0, 1] {
      for k in 1..<bounds.count {
        let (low, high) = (bounds[k], bounds[k - 1])
        for (node, weight) in zip(GaussLegendre8.nodes, GaussLegendre8.weights) {
          let angle = nearest + side * (0.5 * (low + high) + 0.5 * (high - low) * node)
          let n = Planar(x: cos(angle), y: sin(angle))
          let s = middle + radius * n
          let length = 0.5 * (high - low) * weight * radius * s.length
          add(length, length * s, n, s.dot(n))
        }
      }
    }
  }
}
