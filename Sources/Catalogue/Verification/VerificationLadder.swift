// All reference cases of the release, in the order of their ids.

public enum VerificationLadder {
  public static let cases: [VerificationCase] =
    (BallDropCases.all + BackpackDragCases.all + BrickBreakCases.all + SyrupPourCases.all
    + WorkbenchCases.all).sorted {
      $0.id < $1.id
    }
}
