// Where the energy of a run is, and how much of it nobody accounts for.
//
// Equation        E_k + E_s + (ψ − ψ₀) + E_contact + losses + weight − work in = E₀
// Discretisation  E_k = ½Σm·v(n−½)·v(n+½), the exact companion of leapfrog; the rest at time n
// Source          none: product form of the leapfrog invariant
// Deviation       none
// Validity        a change of the step moves the invariant by ⅛(Δt² − Δt'²)Σf²/m, which is booked
// Checked by      BrickTestTests: residual of a strike below 1e-4 of the input, of a fall on an edge 5e-4;
//                 PadSpringTests: flat falls

/// All in J.
public struct EnergyLedger: Sendable, Hashable {
  /// ½Σm·v·v of the brick.
  public internal(set) var kinetic = 0.0
  /// Of the striker.
  public internal(set) var striker = 0.0
  /// Elastic energy of the elements.
  public internal(set) var strain = 0.0
  /// ψ − ψ₀ of the cracks.
  public internal(set) var cohesive = 0.0
  /// Springs of pads and of their friction.
  public internal(set) var contact = 0.0
  /// Work of softening.
  public internal(set) var fracture = 0.0
  /// What steps of softening took beside `fracture` and the rest of the law could not pay back: an error of
  /// the step.
  public internal(set) var softening = 0.0
  /// Slip heat in cracks and contacts.
  public internal(set) var slip = 0.0
  /// Crushed pads.
  public internal(set) var crush = 0.0
  /// Loss to damping in the settle phase.
  public internal(set) var damping = 0.0
  /// Potential energy of brick and striker.
  public internal(set) var weight = 0.0
  /// Work of the platen.
  public internal(set) var work = 0.0
  /// Shift of the invariant when the step changed.
  public internal(set) var stepChange = 0.0
  /// Sum at the start.
  public internal(set) var start = 0.0
  /// Kinetic energy at the start: what `residual` is compared with, together with `work`.
  public internal(set) var startKinetic = 0.0

  var total: Double {
    let held = kinetic + striker + strain + cohesive + contact
    return held + fracture + softening + slip + crush + damping + weight - work - stepChange
  }

  /// What the balance lacks, in J.
  public var residual: Double { total - start }
  /// What has come in, in J.
  public var input: Double { startKinetic + abs(work) }
}
