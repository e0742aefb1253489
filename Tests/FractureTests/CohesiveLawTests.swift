import Testing

@testable import Fracture

@Suite("Law of a crack point")
struct CohesiveLawTests {
  // k = 8·E/h at 7.5 mm
  let law = CohesiveLaw(stiffness: 8 * 10e9 / 0.0075, fractureEnergy: 50, friction: 0)

  /// Work (J/m²) on a point along straight ways through `places`, by Simpson's rule on many parts.
  func work(
    _ law: CohesiveLaw, _ point: inout CohesivePoint, through places: [SIMD3<Double>],
    parts: Int
  ) -> Double {
    var sum = 0.0
    for (from, to) in zip(places, places.dropFirst()) {
      let way = (to - from) / Double(parts)
      var before = law.traction(from, &point)
      for part in 1...parts {
        let here = from + Double(part) * way
        let middle = law.traction(here - 0.5 * way, &point)
        let after = law.traction(here, &point)
        sum += ((before + 4 * middle + after) * way).sum() / 6
        before = after
      }
    }
    return sum
  }

  // Fails if energy is not a function of state: wrong area under the curve, or ψ of the wrong branch.
  @Test("books the work on closed and open ways to 1e-9 of G_F", arguments: 1...6)
  func ledger(seed: Int) {
    let start = law.insert(SIMD3(2.9e6, 0.5e6, -0.3e6), strength: 3e6)
    let noise = Samples.noise(24, seed: UInt64(seed))
    var places = [SIMD3<Double>.zero]
    // openings up to 20 µm, compression up to 0.1 µm, kinks only at the ends of each way
    for i in 0..<8 {
      let normal = i % 3 == 2 ? -1e-7 * abs(noise[3 * i]) : 8e-6 * abs(noise[3 * i])
      places.append(SIMD3(normal, 6e-6 * noise[3 * i + 1], 6e-6 * noise[3 * i + 2]))
    }
    places.append(.zero)
    func lack(_ parts: Int) -> Double {
      var point = start
      let done = work(law, &point, through: places, parts: parts)
      return abs(done - (point.stored - point.storedAtStart + law.dissipated(point) + point.heat))
    }
    // kinks within a part leave an error of second order: extrapolate by refining
    #expect(lack(400_000) < 1e-9 * 50)
  }

  @Test("takes G_F for a full opening")
  func fullOpening() {
    var point = law.insert(SIMD3(3e6, 0, 0), strength: 3e6)
    let end = 2 * 50 / 3e6
    let done = work(law, &point, through: [.zero, SIMD3(end, 0, 0)], parts: 1000)
    #expect(abs(done - 50) < 1e-10 * 50)
    #expect(abs(law.opening(point) - 1) < 1e-12)
    #expect(law.traction(SIMD3(0.5 * end, 0, 0), &point) == .zero)
  }

  /// What is left unpaid of a crack that trembles as it opens in some steps, in J/m².
  func unpaid(steps: Int, seed: Int) -> (excess: Double, lack: Double, taken: Double) {
    var point = law.insert(SIMD3(2.9e6, 0.5e6, -0.3e6), strength: 2.9e6)
    let noise = Samples.noise(2 * steps + 2, seed: UInt64(seed))
    let end = 2 * 50 / 3e6
    var (place, traction, done) = (SIMD3<Double>.zero, law.traction(.zero, &point), 0.0)
    for step in 1...steps {
      let part = 1.4 * Double(step) / Double(steps)
      let next =
        end * SIMD3(part + 0.05 * (noise[2 * step] + 1), 0.02 * noise[2 * step + 1], 0.1 * part)
      let after = law.traction(next, &point)
      done += 0.5 * ((traction + after) * (next - place)).sum()
      (place, traction) = (next, after)
    }
    #expect(point.damage == 1)
    let booked = point.stored - point.storedAtStart + law.dissipated(point) + point.excess
    return (abs(point.excess), abs(done - booked), law.dissipated(point) - point.storedAtStart)
  }

  // Fails if steps that cross the peak of the law are not paid for by the rest of it: a crack that trembles
  // as it opens in 200 steps would take 5 to 8 % less than G_F. In few steps the last one takes too much.
  @Test("takes G_F within 0.5 % with any step, to and fro", arguments: [25, 50, 200, 1000])
  func fewSteps(steps: Int) {
    for seed in 1...20 {
      let (excess, lack, taken) = unpaid(steps: steps, seed: seed)
      #expect(lack < 1e-10 * 50)
      #expect(abs(taken - 50) < 1e-10 * 50)
      // 0.3, 0.2, 0.06 and 0.14 % at most
      #expect(excess < 5e-3 * 50)
    }
  }

  // Fails if the pre-stretch has the wrong sign or a component is swapped.
  @Test("continues the traction of insertion", arguments: [0.4, 1, 3])
  func continuity(size: Double) {
    let t = SIMD3(-1e6, 2e6, 1.5e6) * size
    var point = law.insert(t, strength: 3e6)
    let after = law.traction(.zero, &point)
    #expect(((after - t) * (after - t)).sum().squareRoot() < 1e-9 * 3e6)
    #expect(point.damage < 1e-12)
    #expect(law.opening(point) < 1e-12)
  }

  // Fails if friction acts on the bonded part, misses the cone, or its heat is not booked.
  @Test("rubs with μ·p once debonded, and books the heat")
  func friction() {
    let rough = CohesiveLaw(stiffness: law.stiffness, fractureEnergy: 50, friction: 0.6)
    var point = rough.insert(SIMD3(3e6, 0, 0), strength: 3e6)
    let open = 2 * 50 / 3e6
    var places = [SIMD3<Double>.zero, SIMD3(1.01 * open, 0, 0), SIMD3(-1e-6, 0, 0)]
    var done = work(rough, &point, through: places, parts: 200_000)
    places = [SIMD3(-1e-6, 0, 0), SIMD3(-1e-6, 2e-6, 1e-6)]
    done += work(rough, &point, through: places, parts: 200_000)
    let t = rough.traction(places[1], &point)
    #expect(abs((t.y * t.y + t.z * t.z).squareRoot() + 0.6 * t.x) < 1e-9 * abs(t.x))
    // along the slip
    #expect(abs(t.y - 2 * t.z) < 1e-6 * abs(t.x))
    let booked = point.stored - point.storedAtStart + rough.dissipated(point) + point.heat
    #expect(abs(done - booked) < 1e-5 * 50)
    #expect(point.heat > 0)
  }
}
