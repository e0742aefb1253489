// Terms that `plumbline explain` knows beside codes, outcomes, keys and units.

import Experience

/// Terms that are not codes, outcomes, keys or units.
enum Terms {
  static let all: [(name: String, text: String)] = [
    (
      "tiers",
      "What backs a number.\nT0  closed form, exact under its assumptions\nT1  verified numerically: converged and checked against independent solutions\nT2  validated against a cited experiment, inside its range\nT3  none of these: an extrapolated law, an unresolved value\nT0 and T1 speak of the model, only T2 of the world."
    ),
    (
      "band",
      "The numerical half-width: the model's true value is expected inside value ± band. It comes from three resolutions h, h/2, h/4 whose events are met exactly: 2·|f1 − f2|/(2^p − 1) when the observed order agrees with the design order, the rounding floor when the levels agree to rounding, and three times the largest difference otherwise."
    ),
    (
      "order",
      "Observed order of convergence p = log2 |(f0 − f1)/(f1 − f2)| over three halvings. Absent where the levels agree to rounding."
    ),
    (
      "status",
      "converged: the band is what was asked for and the levels behave as the method says.\nunresolved-order: the band is narrow enough, but the differences do not shrink as they should.\nunresolved: the band is wider than asked for, or the levels disagree about what happens."
    ),
    (
      "tolerance",
      "A declared uncertainty of an input: `1 m ± 5 mm` is uniform on the interval, { value, sd } is normal, { low, high } uniform, { one-of } picks. Members of the ensemble draw all of them together; an event's probability is the share of members."
    ),
    (
      "marginal",
      "The simulator itself cannot call the requirement: neither at least 1 − γ of the members hold it nor at most γ, γ = 0.05 (0.01 for consequence 4 and 5). Handing it to a human is then the right answer. Exit status 3."
    ),
    ("exit status", ExitStatus.table(ExitStatus.allCases)),
    (
      "skill",
      "1 − (mean loss of the answers)/(mean loss of a reference), losses being excess losses over the truth's own law, scaled per slot. 0: as good as the reference; 1: perfect; below 0: worse. Printed with a 95 % interval over scenes."
    ),
    (
      "climatology",
      "The reference that knows the template but not the scene: the outcomes of the public calibration instances as a law. No constant answer can beat it beyond its interval."
    ),
    (
      "physics-101",
      "The reference that uses the closed form of a first course in mechanics on the disclosed numbers: free fall in a vacuum, rebound e²h; evaluated on 64 draws of the tolerances, widened by 5 %."
    ),
    (
      "invalid",
      "An answer that cannot be scored: no JSON object, wrong form, missing, not finite, no unit, unknown unit, wrong dimension, crossing quantiles, or a probability outside [0, 1]. It costs 1.1 times the answer that knows nothing, and stays in every mean."
    ),
    (
      "handoff",
      "{\"handoff\": true, \"reason\": \"out-of-range\"} hands a question to a human. It counts as climatology's answer: skill 0, not a loss."
    ),
    (
      "drag",
      "Drag laws of a sphere: none, a constant coefficient, stokes (Re ≤ 0.1), schiller-naumann (Re ≤ 800), clift-gauvin (Re < 3e5), morrison (Re ≤ 1e6, the default `sphere`). Outside its range a law's outcomes are marked T3. Two valid laws differ by some per cent: that is a model error that no refinement shows."
    ),
    (
      "restitution",
      "Rebound speed over approach speed along the floor's normal. A number, or a law of the approach speed: viscoelastic { effective-modulus, dissipation }, hunt-crossley { damping }, spring-dashpot { damping-ratio }, constant { value, speed: { low, high } }."
    ),
    (
      "recording",
      "A file of the nominal run, `recording/1`: frames with bodies, contacts, forces, events, series, and the outcomes with the time at which each is known. `run --record FILE` writes one, at 60 frames a second unless --fps says otherwise, up to one second after everything rests. Its header states its largest rounding errors."
    ),
    (
      "provenance",
      "Release, commit, processor, BLAS kernel and workers of a run. Left out of every hash and comparison: the same scene gives the same bytes everywhere else."
    ),
  ]
}
