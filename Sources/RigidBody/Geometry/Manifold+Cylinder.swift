func capsuleCylinderManifold(
  _ a: Segment, _ radius: Double, _ shape: Shape, _ b: MovingFrame, _ margin: Double
) -> MovingManifold {
  MovingManifold()
}
func cylinderManifold(_ a: Cylinder, _ b: Cylinder, _ margin: Double) -> MovingManifold {
  MovingManifold()
}
func cylinderManifold(_ a: Cylinder, _ b: Polyhedron, _ margin: Double) -> MovingManifold {
  MovingManifold()
}
