// Measurements of Plumbline: `Measure bands | throughput | work-precision | refinement`.

import Foundation

let usage = """
  usage: Measure bands [--scenes 500] [--seed 1]
         Measure throughput [--seconds 3]
         Measure work-precision
         Measure refinement
  """

func refuse(_ message: String) -> Never {
  FileHandle.standardError.write(Data("Measure: \(message)\n\(usage)\n".utf8))
  exit(64)
}

/// The number after `name`, or its default; every other option is refused.
func options(_ allowed: [String: Double]) -> [String: Double] {
  var found = allowed
  var rest = CommandLine.arguments.dropFirst(2)
  while let name = rest.popFirst() {
    guard allowed[name] != nil else { refuse("unknown option \(name)") }
    guard let value = rest.popFirst().flatMap({ Double($0) }), value > 0, value < 1e9 else {
      refuse("\(name) needs a positive number")
    }
    found[name] = value
  }
  return found
}

switch CommandLine.arguments.dropFirst().first {
case "bands":
  let chosen = options(["--scenes": 500, "--seed": 1])
  try Bands(sceneCount: Int(chosen["--scenes"] ?? 500), seed: UInt64(chosen["--seed"] ?? 1)).run()
default:
  refuse("which measurement?")
}
