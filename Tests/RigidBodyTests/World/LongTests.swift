// Tests that take minutes run when PLUMBLINE_LONG_TESTS is 1.

import Foundation

let runsLongTests = ProcessInfo.processInfo.environment["PLUMBLINE_LONG_TESTS"] == "1"
