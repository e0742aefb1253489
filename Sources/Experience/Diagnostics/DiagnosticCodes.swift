// The long text of every code of scenes (S), plans (G) and runs (R). Codes are never reused.

public enum DiagnosticCodes {
  /// Number, title, text. Scene and plan errors share their numbers: S003 and G003 mean the same.
  static let reader: [(number: String, title: String, text: String)] = [
    (
      "001", "not YAML",
      "The file cannot be read as YAML: a quotation mark, a colon or the indentation is wrong at or just before the place, or a key stands twice."
    ),
    (
      "002", "feature that scenes do not use",
      "Anchors, aliases, merge keys and tags are refused: they make a file mean more than it shows, and nested aliases can stand for billions of values. Write the values themselves."
    ),
    (
      "003", "unknown key",
      "The key is not in the table of this mapping. `plumbline check --fix` corrects spellings that are certain; `plumbline schema scene` has all keys."
    ),
    (
      "004", "missing key",
      "A key that has no default is absent, or none of several keys that state one fact is there."
    ),
    (
      "005", "wrong form",
      "A mapping, a list, a word or a quantity stands where another form is needed."
    ),
    (
      "006", "not a number",
      "Numbers are digits with a decimal point and perhaps an exponent: 0.5, 12, 1e-3. No decimal comma, no thousands mark, no base 60 (1:30)."
    ),
    ("007", "not finite", "Infinity, not-a-number and numbers beyond 1.8e308 describe no scene."),
    (
      "008", "missing unit",
      "Every dimensional quantity needs its unit: `0.5 m`. Bare numbers are only for dimensionless ones."
    ),
    (
      "009", "unknown unit",
      "The unit is not in the table; `plumbline list units` shows it. Prefixes and the signs . * / ^ combine: kg/(m.s), uPa.s."
    ),
    ("010", "unknown name", "A word, a law, a material or an outcome that is not known here."),
    (
      "011", "outside what the models accept",
      "The value, or an end of its tolerance, makes no physical sense for this key: a diameter of zero, a restitution of 1.2."
    ),
    (
      "012", "wrong dimension",
      "The unit measures something else. An angular speed is not a frequency: one hertz is one turn a second, so write rev/s, rpm, deg/s or rad/s. A kinematic viscosity times the density is the dynamic one."
    ),
    (
      "013", "one fact twice",
      "Two keys state the same fact, such as mass and density. They could contradict each other: keep one."
    ),
    (
      "014", "empty, too large or too deep",
      "Limits of a scene file: 1 MiB, 64 levels, 100,000 values."
    ),
    (
      "015", "unusual value",
      "A warning. The value is possible, but outside the range in which such things are found; often a unit or a power of ten slipped."
    ),
    (
      "016", "tolerance",
      "The tolerance is negative, has another dimension than its value, or the law is incomplete. Laws: `1 m ± 5 mm`, { value, sd }, { low, high }, { one-of }."
    ),
    (
      "018", "requirement or event",
      "`that` and `event` are `outcome comparison quantity`, such as `rebound-height <= 0.5 m`; of an outcome that happens or not its name alone, `tips`, or `not tips`."
    ),
    (
      "019", "unknown experience",
      "`experience` names what happens in the scene; `plumbline list experiences` shows them."
    ),
    (
      "020", "outside the models",
      "The combination is not modelled, or only in part. An error if the result would be wrong, a warning if it needs care."
    ),
    (
      "022", "contact not described",
      "The rebound or the friction follows neither from the keys of the floor or contact nor from the pair of the two materials."
    ),
    (
      "023", "scene outside the plan's folder",
      "A plan may only use scenes in its own folder tree, so that a data set cannot read other files."
    ),
    (
      "024", "design",
      "The Sobol design is built for ten varied parameters at most; use latin-hypercube."
    ),
    (
      "025", "name or version",
      "Template names are lower-case letters, digits and . _ -; versions are MAJOR.MINOR.PATCH."
    ),
    (
      "026", "question that discloses another",
      "A question backwards hides an input and asks for it. Any other question of the same scenes shows that input, so questions backwards have a plan of their own, with one hidden input."
    ),
    (
      "031", "name in a scene",
      "Names of bodies, joints and outcomes begin with a letter and have small letters, digits, - and _. Each stands once; `world` is the space that does not move."
    ),
    (
      "032", "overlap at the start",
      "Two rigid bodies that can touch begin inside each other by more than 1e-9 of their size. The message says how deep; bodies that pass through each other are left out of `contacts`."
    ),
    (
      "033", "impossible inertia",
      "Principal moments of inertia are sums of squares: none is above the sum of the other two."
    ),
    (
      "034", "contradictory joint",
      "The joint asks for what is not so at the start: anchors that should coincide are apart, a rod has another length than the distance of its ends, a rope is too short."
    ),
    (
      "035", "redundant joints",
      "A warning. Several joints forbid the same motion, as four hinges of a plane linkage do. Motions are right; how the load is shared between the joints is not determined by rigid bodies, and the smallest forces are taken."
    ),
    (
      "036", "points without volume",
      "A convex body needs at least four points that do not lie in one plane."
    ),
    ("037", "quaternion", "A quaternion [w, x, y, z] of an attitude has length 1, to within 1e-6."),
    (
      "038", "motion table",
      "Times of a prescribed motion ascend, and each has one displacement: a body that is at two places at one time would have an infinite speed."
    ),
    ("039", "too many bodies", "A workbench scene has at most 200 bodies."),
    (
      "040", "measure",
      "An entry of `measure` does not say what is needed for its quantity (a body, a joint, an event), or says what it cannot use."
    ),
    (
      "041", "velocities against joints",
      "A warning. The velocities at the start would tear a joint apart, so the run begins with an impact that makes them fit and that costs energy."
    ),
    (
      "042", "key without effect",
      "The key belongs to another kind of joint or motion, or to a body that moves, and would be silently without effect."
    ),
  ]

  static let run: [(code: String, title: String, text: String)] = [
    (
      "R001", "a case of another experience",
      "A reference case reads a scene of another experience. That is an error of plumbline itself: please report it."
    ),
    (
      "R002", "too many impacts",
      "More than a million impacts in one run: the ball hardly loses energy and the duration is long. Lower `duration` or the restitution."
    ),
    (
      "R003", "instances that could not be simulated",
      "Some instances of a plan have scenes that the models refuse or runs that could not be finished. The rest of the data set is complete; the exit status is 2."
    ),
    (
      "R004", "a record is not reproduced",
      "Simulating a recorded scene again gave other bytes: another release, a damaged file, or a machine outside the promise (x86-64 with AVX2, same glibc)."
    ),
    (
      "R005", "nothing to record",
      "The experience has no frames, so that `--record` has nothing to write. Those of this release all have them."
    ),
    (
      "R006", "cannot be pulled",
      "The mouse pulls at bodies that move by themselves: not at floors, walls, belts and hands. Pull at another body."
    ),
    (
      "R101", "numbers that no body can have",
      "A draw of the tolerances gave a mass, an inertia, an attitude or a connection that no body can have. Narrow the tolerance."
    ),
    (
      "R102", "too many events",
      "A run had more events than it may have and would not end: bodies rattle or stick and slip without limit. Shorten `duration`, or give the contacts some loss."
    ),
    (
      "R110", "body without volume",
      "The points of a convex body, as drawn from their tolerances, have no volume."
    ),
    (
      "R201", "the flow cannot be computed",
      "The equations of a step have no solution, or the liquid is thinner than the grid can carry. Take a smaller `resolution`; a scene with a law of viscosity needs cells of a tenth of the liquid's depth or so."
    ),
    (
      "R202", "too many steps",
      "A flow needs more steps than a run may take: it is fast and its cells are small. Shorten `duration`, or take a larger `resolution`."
    ),
    (
      "R301", "a brick that cannot be tested",
      "A draw of the tolerances gave a brick or tools that do not fit together: a span beyond the brick, a strength of zero. Narrow the tolerance."
    ),
    (
      "R302", "elements that have lost their way",
      "Positions of a brick test are no longer finite. That is an error of plumbline itself: please report it with the scene."
    ),
    (
      "R303", "piece without a hull",
      "A piece of a broken brick has no convex hull, so that it cannot fall on as a rigid body. That is an error of plumbline itself: please report it with the scene."
    ),
    ("E001", "processor", "This build uses AVX2, FMA and BMI2 (x86-64-v3, processors since 2013)."),
    (
      "Q001", "damaged data set",
      "A file of a data set is not what its schema says, or a line does not match its checksum. Generate it again."
    ),
  ]

  /// Every code with its title and text.
  public static var all: [(code: String, title: String, text: String)] {
    reader.map { ("S" + $0.number, $0.title, $0.text) }
      + reader.map { ("G" + $0.number, $0.title, $0.text) } + PredictionReader.explanations
      + LedgerReader.explanations + run
  }
}
