import ClosedForms
import Foundation
import Testing

// The library that other tests lean on, against numbers that were computed elsewhere.
@Suite("Closed forms")
struct ClosedFormsTests {
  func close(_ a: Double, _ b: Double, _ relative: Double) -> Bool {
    abs(a - b) <= relative * abs(b)
  }

  // Fails if a fall in a vacuum or its series has a wrong factor. 1 m, 9.80665 m/s^2; bounce
  // series of 0.575 m with e = 0.86: T_n = 2 e^n sqrt(2 h / g).
  @Test("vacuum")
  func vacuum() {
    let fall = VacuumFall(gravity: 9.80665)
    #expect(close(fall.fallTime(height: 1), 0.45160075575178754, 4e-16))
    #expect(close(fall.impactSpeed(height: 1), 4.428690551393267, 4e-16))
    let times = fall.impactTimes(height: 0.575, restitution: 0.86, count: 4)
    #expect(close(times[1] - times[0], 0.5890023523845205, 2e-15))
    #expect(close(times[3] - times[2], 0.43562613982359133, 2e-15))
    let tops = fall.reboundHeights(height: 0.575, restitution: 0.86, count: 2)
    #expect(close(tops[1], 0.575 * pow(0.86, 4), 4e-16))
    // the series of impacts ends at the time of rest
    let many = fall.impactTimes(height: 0.575, restitution: 0.5, count: 60)
    #expect(close(many[59], fall.restTime(height: 0.575, restitution: 0.5), 4e-15))
    // up and down again takes 2 v / g more than down with the same speed
    let up = fall.fallTime(height: 2, velocity: 3)
    #expect(close(up, fall.fallTime(height: 2, velocity: -3) + 6 / 9.80665, 1e-15))
  }

  // Fails if rise and fall are exchanged. 20 m/s up with a terminal speed of 9 m/s.
  @Test("quadratic drag, throw")
  func quadraticThrow() {
    let fall = QuadraticDragFall(gravity: 9.80665, terminalSpeed: 9)
    #expect(close(fall.rise(speed: 20), 7.356990784319779, 4e-16))
    #expect(close(fall.timeUp(speed: 20), 1.0535179297678212, 4e-16))
    #expect(close(fall.impactSpeed(height: 0, velocity: 20), 8.207293546575958, 1e-15))
    #expect(close(fall.timeDown(distance: fall.rise(speed: 20)), 1.412241729797625, 1e-15))
    // both branches of the time, and a start with speed: 3 m in two parts of 1 m and 2 m
    let middle = fall.speedDown(distance: 1)
    let parts = fall.timeDown(distance: 1) + fall.timeDown(distance: 2, speed: middle)
    #expect(close(parts, fall.timeDown(distance: 3), 1e-15))
    let fast = fall.speedDown(distance: 10)
    let far = fall.timeDown(distance: 10) + fall.timeDown(distance: 30, speed: fast)
    #expect(close(far, fall.timeDown(distance: 40), 1e-15))
    // faster than terminal: slows down
    #expect(fall.speedDown(distance: 1, speed: 20) < 20)
    // the state passes through the same points
    for velocity in [0.0, 20, -4] {
      let time = fall.fallTime(height: 2, velocity: velocity)
      let end = fall.state(height: 2, velocity: velocity, time: time)
      #expect(abs(end.height) < 2e-14)
      #expect(close(-end.velocity, fall.impactSpeed(height: 2, velocity: velocity), 4e-15))
    }
  }

  // Fails if a bounce inherits the wrong speed. Table tennis ball, 2.7 g, 40 mm, Cd = 0.445,
  // e = 0.93, from 1 m in air at 20 C (setting of Nagurka 2003, Int. J. Engng Ed. 19, 623).
  @Test("quadratic drag, bounces")
  func bounces() {
    let fall = QuadraticDragFall(
      gravity: 9.80665, mass: 0.0027, dragCoefficient: 0.445, area: .pi * 0.02 * 0.02,
      fluidDensity: 1.2041062774092224)
    let series = fall.bounces(height: 1, restitution: 0.93, count: 5)
    #expect(close(series[0].time, 0.4610418640368969, 2e-15))
    let flights = [
      0.7560246287107686, 0.6517248722173282, 0.5723145108168403, 0.5089551970829295,
      0.45672968125369995,
    ]
    // acosh(exp(x)) of the reference loses digits at small x: some 1e-15 absolute
    for (bounce, flight) in zip(series, flights) {
      #expect(close(bounce.flightTime, flight, 1e-14))
    }
    #expect(close(series[4].time - series[3].time, series[3].flightTime, 4e-15))
  }

  // Fails if the remainder is wrong on either side of its switch, or a limit is.
  @Test("linear drag")
  func linear() {
    let fall = LinearDragFall(gravity: 9.80665, relaxationTime: 0.5)
    for (height, velocity) in [(1e-6, 0.0), (1, 0), (1, 3), (1, -2), (50, 0)] {
      let time = fall.fallTime(height: height, velocity: velocity)
      // invariant of the equation: v + s / tau - g t, all downwards
      let v = -fall.velocity(velocity: velocity, time: time)
      #expect(abs(v + height / 0.5 - 9.80665 * time + velocity) < 2e-14 * max(1, height))
    }
    // no drag: the parabola, to first order in t / tau
    let light = LinearDragFall(gravity: 9.80665, relaxationTime: 1e9)
    #expect(close(light.fallTime(height: 1), 0.45160075575178754, 1e-9))
  }

  // Fails if the fall is that of constant g. GM of the Earth, 6371 km, from 400 km.
  @Test("inverse-square fall")
  func kepler() {
    let fall = KeplerFall(gravitationalParameter: 398600441800000, surfaceRadius: 6371000)
    #expect(close(fall.fallTime(altitude: 400000), 300.3257728516772, 2e-15))
    #expect(close(fall.impactSpeed(altitude: 400000), 2718.840132808384, 1e-15))
    // low: sqrt(2 h / g), with the correction 5/6 h / R
    let low = (2 * 6371000.0 * 6371000 / 398600441800000).squareRoot() * (1 + 5e-6 / 6 / 6.371)
    #expect(close(fall.fallTime(altitude: 1), low, 1e-12))
  }

  // Fails if the deflection is to the west, a defect is lost to rounding, or the start is ignored.
  // Exponential of the 7 x 7 matrix of the equation in mpmath 1.3 with 30 digits.
  @Test("rotating frame")
  func coriolis() {
    // Benzenberg's mine at Schlebusch, 1804
    let mine = CoriolisFall(
      gravity: 9.811, rotation: 7.292115e-5, latitude: 51.4167 * .pi / 180)
    let time = mine.fallTime(height: 85.1079228)
    #expect(close(time, 4.1652719151323462641, 1e-15))
    #expect(close(mine.eastwardDeflection(height: 85.1079228), 0.010747755119241878785, 2e-15))
    #expect(close(mine.displacement(time: time).north, -1.2759275542326862226e-6, 2e-15))

    let references = [
      (0.7, 2.5, 14.756852883371319314, 0.93252496817053182365, -9.1245089378412472133),
      (0.3, 0.5, 0.45725849622180750842, -0.97349271132468469006, 0.33644563346930458725),
    ]
    for (rotation, time, east, north, up) in references {
      let fall = CoriolisFall(gravity: 9.81, rotation: rotation, latitude: -0.4)
      let d = fall.displacement(velocity: (1, -2, 3), time: time)
      #expect(abs(d.east - east) < 2e-14 && abs(d.north - north) < 2e-14 && abs(d.up - up) < 2e-14)
    }
  }

  // Fails if the law of 5/7 or 2/7 is lost: a solid sphere without spin.
  @Test("rolling")
  func rolling() {
    let ball = RollingBall(gravity: 9.81, friction: 0.2, inertiaFactor: 0.4)
    #expect(close(ball.rollingVelocity(velocity: 7), 5, 1e-15))
    #expect(close(ball.slidingTime(velocity: 7), 2 / (0.2 * 9.81), 1e-15))
    // energy: the distance is 12/49 v^2 / (mu g) for a solid sphere without spin
    #expect(close(ball.slidingDistance(velocity: 7), 12 / (0.2 * 9.81), 1e-15))
    #expect(close(tan(ball.steepestRollingAngle), 0.7, 1e-15))
    #expect(close(ball.acceleration(angle: 0.3), 5 / 7 * 9.81 * sin(0.3), 1e-15))
    // both branches meet at the steepest angle
    let steep = ball.steepestRollingAngle
    let step = ball.acceleration(angle: steep * (1 + 1e-12)) - ball.acceleration(angle: steep)
    #expect(abs(step) < 1e-10)
  }
}
