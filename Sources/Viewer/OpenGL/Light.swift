// The key light: from the upper left, in front, whatever the eye does; and what it covers.

import Experience

struct Light {
  /// Towards the light, of length 1.
  let direction: Point3
  let matrix: Matrix4
  /// Of the ball that the shadow map covers, in m.
  let radius: Double

  init(stage: Stage, frame: Frame, camera: Camera) {
    let up = stage.up
    var front = Camera(up: up)
    front.look(.front)
    direction = (up - 0.42 * front.right + 0.5 * front.outward).unit()
    // the shadow of a body that is high up falls beside the bodies' own box
    let box = Bounds(stage: stage, frame: frame)
    let centre = box?.centre ?? camera.target
    radius = max(1.15 * (box?.radius ?? camera.sceneRadius), 1e-6)
    matrix = ShadowMap.matrix(light: direction, centre: centre, radius: radius)
  }
}
