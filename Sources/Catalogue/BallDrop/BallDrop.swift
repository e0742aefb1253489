// The experience ball-drop: a ball is let go or thrown above a flat floor.

import Experience

public enum BallDrop {
  public static let definition = ExperienceDefinition(
    name: "ball-drop",
    about: "a ball falls, bounces and comes to rest on a level or tilted floor",
    fields: BallDropFormat.fields, outcomes: BallDropFormat.outcomes, defaultAccuracy: 1e-6,
    defaultSamples: 256, defaultDuration: 60,
    bindings: [
      Binding(symbol: "h", path: "start.height"),
      Binding(symbol: "e", path: "floor.restitution"),
      Binding(symbol: "g", path: "environment.gravity"),
    ],
    // what a first course in mechanics says: a point in a vacuum on a level floor
    firstCourse: [
      "fall-time": "sqrt(2*h/g)",
      "impact-speed": "sqrt(2*g*h)",
      "rebound-speed": "e*sqrt(2*g*h)",
      "rebound-height": "e^2*h",
      "second-impact-time": "sqrt(2*h/g)*(1+2*e)",
      "rest-time": "sqrt(2*h/g)*(1+e)/(1-e)",
      "max-speed": "sqrt(2*g*h)",
    ],
    compile: { scene, materials, reader in
      BallDropCompiler.compile(&scene, materials, &reader)
    },
    describe: BallDropPrompt.describe)
}
