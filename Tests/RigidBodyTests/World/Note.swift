import Foundation

func note(_ name: String, _ values: Any...) {
  print("NOTE", name, values.map { "\($0)" }.joined(separator: " "))
}
