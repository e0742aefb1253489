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
      "`that` and `event` are `outcome comparison quantity`, such as `rebound-height <= 0.5 m`."
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
      "The rebound or the friction follows neither from the floor's keys nor from the pair of the two materials."
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
  ]

  static let run: [(code: String, title: String, text: String)] = [
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
    ("E001", "processor", "This build uses AVX2, FMA and BMI2 (x86-64-v3, processors since 2013)."),
    (
      "Q001", "damaged data set",
      "A file of a data set is not what its schema says, or a line does not match its checksum. Generate it again."
    ),
  ]

  /// Every code with its title and text.
  public static var all: [(code: String, title: String, text: String)] {
    reader.map { ("S" + $0.number, $0.title, $0.text) }
      + reader.map { ("G" + $0.number, $0.title, $0.text) } + PredictionReader.explanations + run
  }
}
