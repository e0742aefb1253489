// Which slot of which template: what scorers keep their baselines by.

struct SlotKey: Hashable {
  let template: String
  let slot: String
}
