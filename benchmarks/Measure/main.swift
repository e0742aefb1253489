// Measurements of plumbline: honest bands, throughput, work against precision, refinement.
//
//   Measure bands [scenes [seed]]    do the numerical bands cover the true errors?
//   Measure throughput [seconds]     complete drops a second on one core
//   Measure work-precision           CSV beside that of benchmarks/peers/work_precision.py
//   Measure refinement               error and order by level
//   Measure contact-bands [scenes [seed]]   the same for contact scenes with closed forms
//   Measure factors                  crossovers of the factorisations
//   Measure solver                   cold and warm contact solves
//   Measure box-flows                fast diagonalisation against conjugate gradients; cavity
//   Measure volume                   flow in three dimensions: solves and slumps
//   Measure brick-speed [seconds]    element-steps a second of a brick, on one core and on two
//   Measure brick-wave DEPTH         CSV row beside that of benchmarks/peers/brick_speed.py
//   Measure syrup-bands [scenes [seed]]     the same for slumps and pours, against finer runs
//   Measure coils [CELLS [nozzle|limit [CASE]]]   coiling streams in three dimensions, beside the rope; hours
//   Measure brick-curve [BRICKS]     break probability against height, on two meshes
//   Measure crack-turns              strength and work of cracks across the axes of the grid
//   Measure slump [KIND SIZE]        CSV beside that of benchmarks/peers/splishsplash.py
//   Measure direct-solves [FOLDER]   CSV that benchmarks/peers/direct_solves.py takes
//   Measure simbenchmark             CSV beside that of benchmarks/peers/simbenchmark.py
//   Measure contact-precision        CSV beside that of benchmarks/peers/contact_precision.py
//   Measure frame-rates              pictures a second by fineness, without a display
//   Measure window [seconds]         the window under a script; needs a display and the source folder
//   Measure input-delay              pictures from a press of a key to what it shows; needs a display
//   Measure recording-size [seconds] of 50 bodies with contacts
// Touches standard output and the clock; `window` and `input-delay` a display and files in the temporary folder.

import Foundation
import Viewer

let arguments = CommandLine.arguments
let first = arguments.dropFirst(2).first
let second = arguments.dropFirst(3).first
let third = arguments.dropFirst(4).first
switch arguments.dropFirst().first {
case "bands":
  try Bands(sceneCount: first.flatMap(Int.init) ?? 500, seed: second.flatMap(UInt64.init) ?? 1)
    .run()
case "throughput": Throughput(seconds: first.flatMap(Double.init) ?? 2).print()
case "work-precision": WorkPrecision().print()
case "refinement": RefinementTable().print()
case "contact-bands":
  try ContactBands(
    sceneCount: first.flatMap(Int.init) ?? 500, seed: second.flatMap(UInt64.init) ?? 1
  ).run()
case "factors": FactorisationTable().run()
case "solver": SolverSpeed().run()
case "box-flows": try BoxFlowTable().run()
case "volume": try VolumeFlowTable().run()
case "brick-speed": try BrickSpeed(seconds: first.flatMap(Double.init) ?? 10).print()
case "brick-wave": try BrickSpeed(seconds: 0).wave(depth: first.flatMap(Int.init) ?? 6)
case "syrup-bands":
  try SyrupBands(
    sceneCount: first.flatMap(Int.init) ?? 20, seed: second.flatMap(UInt64.init) ?? 1
  ).run()
case "coils":
  try Coils(
    cells: first.flatMap(Double.init) ?? 3,
    sweep: second.flatMap(Coils.Sweep.init) ?? .nozzle, only: third.flatMap(Int.init)
  ).run()
case "brick-curve": try BrickCurve(members: first.flatMap(Int.init) ?? 64).run()
case "crack-turns": try CrackTurns().run()
case "slump": try SlumpTimes().run(kind: first, size: second.flatMap(Double.init))
case "direct-solves": try DirectSolves(folder: first).run()
case "simbenchmark": try SimBenchmark().print()
case "contact-precision": try ContactPrecision().print()
case "frame-rates":
  let (rates, renderer) = try FrameRates.measure()
  print(Machine.line)
  print(FrameRates.table(rates, renderer: renderer))
  try WindowRun.scrub()
case "window": try WindowRun(seconds: first.flatMap(Double.init) ?? 60).run()
case "input-delay": try InputDelay().run()
case "recording-size": try RecordingSize(seconds: first.flatMap(Double.init) ?? 6).run()
case "attacks": try AttackTable.print()
default:
  FileHandle.standardError.write(
    Data(
      "usage: Measure bands|throughput|work-precision|refinement|contact-bands|factors|solver|box-flows|volume|syrup-bands|coils|brick-curve|crack-turns|slump|direct-solves|simbenchmark|contact-precision|frame-rates|window|input-delay|recording-size|brick-speed|brick-wave|attacks\n"
        .utf8))
  exit(64)
}
