// A disclosed brick test in words, with every number that the truth depends on.

import Experience

enum BrickBreakPrompt {
  static func describe(_ scene: SceneSection) -> String {
    let json = scene.json
    func text(_ path: String) -> String {
      var node: JSON? = json
      for key in path.split(separator: ".") { node = node?[String(key)] }
      return node.map(SceneWords.text) ?? "not given"
    }
    var parts = [
      "A brick measures \(text("brick.size")) along x, y and z (up) and is linearly elastic with Young's modulus \(text("brick.youngs-modulus")), Poisson's ratio \(text("brick.poisson-ratio")) and density \(text("brick.density"))",
      "Its lot has the mean tensile strength \(text("brick.tensile-strength")) and the mean fracture energy \(text("brick.fracture-energy")); a crack softens linearly to no strength, at no rate",
      "Strength and fracture energy are multiplied by one lognormal factor of the brick, of mean 1 and coefficient of variation \(text("brick.strength-cov"))",
      field(json["brick"]),
      "Every contact is through a layer that gives a pressure of \(text("pad.stiffness")) times the indentation and yields at \(text("pad.cap"))",
    ]
    let test = json["test"]
    if test?["bend"] != nil {
      parts += [
        "The brick lies on two parallel strips \(text("pad.width")) wide, a span of \(text("test.bend.span")) apart along x, and a strip of the same width presses down across its middle at \(text("test.bend.speed"))"
      ]
    } else if test?["strike"] != nil {
      let striker = test?["strike"]?["striker"]
      let radius = striker?["radius"].map(SceneWords.text)
      let nose =
        striker?["nose"].map(SceneWords.text) == "ball"
        ? "a ball of radius \(radius ?? "not given")"
        : "a strip \(text("pad.width")) wide across the brick"
          + (radius.map { ", rounded with the radius \($0)" } ?? "")
      parts += [
        "The brick lies on two parallel strips \(text("pad.width")) wide, a span of \(text("test.strike.span")) apart along x, free to lift off",
        "A rigid striker of \(text("test.strike.striker.mass")) falls freely \(text("test.strike.height")) from rest onto the middle of its upper side; it touches with \(nose)",
      ]
      if let curve = test?["strike"]?["curve"]?.array, !curve.isEmpty {
        let heights = curve.map(SceneWords.text).joined(separator: ", ")
        parts += [
          "The same brick, whole again, is also struck in this way from each of these heights instead: \(heights)"
        ]
      }
    } else {
      parts += [
        "The brick, turned by the intrinsic x-y-z angles \(text("test.fall.attitude")), falls freely from rest without turning, its lowest point \(text("test.fall.height")) above a level floor; its pieces slide on the floor and on each other with friction \(text("test.fall.floor.friction")) and bounce with restitution \(text("test.fall.floor.restitution"))"
      ]
    }
    parts.append("Gravity is \(text("environment.gravity")), and there is no air")
    parts.append(
      "It is broken if two or more parts of at least 1 % of its mass have come apart once the cracks are at rest"
    )
    return parts.map(SceneWords.sentence).joined(separator: " ")
  }

  private static func field(_ brick: JSON?) -> String {
    let length = brick?["correlation-length"].map(SceneWords.text) ?? "none"
    guard length != "none" else { return "Inside a brick both are uniform" }
    let modulus = brick?["weibull-modulus"].map(SceneWords.text) ?? "8"
    return
      "Inside a brick both vary with place by a Weibull factor of mean 1 and modulus \(modulus), whose Gaussian parent has the correlation exp(-r^2/(2 l^2)) with l = \(length)"
  }
}
