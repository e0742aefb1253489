// Couples on elements: what turns an element without pushing it.
//
// Equation        fᵢ = q × gᵢ, q = (tr V − V)⁻¹·m; V = F·Rᵀ the mean stretch in world axes, gᵢ the mean
//                 gradient of a corner's shape function, turned by R. Then Σ fᵢ = 0, Σ xᵢ × fᵢ = m, and
//                 Σ fᵢ·vᵢ = m·ω with ω the rate of the rotation R of the element
// Discretisation  none: the exact transpose of the polar decomposition
// Source          derivative of the polar rotation: as in Solid+Force, there to third order in strain
// Deviation       none
// Validity        det F > 0
// Checked by      SolidCoupleTests: moment, power

extension Solid {
  /// Adds the forces of a couple `moment` (N·m, world axes) on an element.
  mutating func addCouple(_ moment: SIMD3<Double>, to element: Int) {
    let r = Rotation(turn(of: element))
    let quarter = 0.25 / lattice.edges
    let (x, y, z) = (quarter.x * r.x, quarter.y * r.y, quarter.z * r.z)
    // differences along the edges, turned back: F·Rᵀ = Σ xᵢ ⊗ R·gᵢ by columns
    var (fx, fy, fz) = (SIMD3<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>.zero)
    for corner in 0..<8 {
      let p = position[node(element, corner)]
      let place = SIMD3(p.x, p.y, p.z)
      fx += corner & 1 == 0 ? -place : place
      fy += corner & 2 == 0 ? -place : place
      fz += corner & 4 == 0 ? -place : place
    }
    let first = fx * x.x + fy * y.x + fz * z.x
    let second = fx * x.y + fy * y.y + fz * z.y
    let third = fx * x.z + fy * y.z + fz * z.z
    let (xy, yz, zx) = (
      0.5 * (first.y + second.x), 0.5 * (second.z + third.y), 0.5 * (third.x + first.z)
    )
    let a = SIMD3(second.y + third.z, -xy, -zx)
    let b = SIMD3(-xy, first.x + third.z, -yz)
    let c = SIMD3(-zx, -yz, first.x + second.y)

    // Cramer's rule
    let (ab, bc, ca) = (cross(a, b), cross(b, c), cross(c, a))
    let q = (bc * moment.x + ca * moment.y + ab * moment.z) / (a * bc).sum()
    let (qx, qy, qz) = (cross(q, x), cross(q, y), cross(q, z))
    for corner in 0..<8 {
      var push = corner & 1 == 0 ? -qx : qx
      push += corner & 2 == 0 ? -qy : qy
      push += corner & 4 == 0 ? -qz : qz
      force[node(element, corner)] += SIMD4(push, 0)
    }
  }
}
