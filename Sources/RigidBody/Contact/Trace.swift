import Foundation
nonisolated(unsafe) public var traceSolver = false
nonisolated(unsafe) public var relaxOn = true
func traceLine(_ items: Any...) { FileHandle.standardError.write(Data((items.map { "\($0)" }.joined(separator: " ") + "\n").utf8)) }
