// swift-tools-version: 6.2
//
// Targets and the arrows between them. Arrows point down only; ARCHITECTURE.md draws them.

import PackageDescription

// Code generation for AVX2. Swift never contracts a*b+c, so the flag changes no result;
// a machine without AVX2 is refused at start-up (exit status 69).
// The server sets PLUMBLINE_STRICT: there a warning is an error.
let strict: [SwiftSetting] =
  Context.environment["PLUMBLINE_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : []
let vector: [SwiftSetting] = strict + [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])]
// Numerics without optimisation are 4 to 50 times slower, which would make `swift test` unusable.
let numerics: [SwiftSetting] =
  vector + [
    .unsafeFlags(
      ["-O", "-wmo", "-num-threads", "2", "-disable-batch-mode"], .when(configuration: .debug))
  ]
// The commit goes into the provenance of a run; it never enters a hash.
let commit = Context.gitInformation.map { $0.currentCommit + ($0.hasUncommittedChanges ? "+" : "") }

let package = Package(
  name: "plumbline",
  products: [
    .executable(name: "plumbline", targets: ["plumbline"]),
    .library(name: "RigidBody", targets: ["RigidBody"]),
    .library(name: "Fluid", targets: ["Fluid"]),
    .library(name: "Fracture", targets: ["Fracture"]),
    .library(name: "Experience", targets: ["Experience"]),
    .library(name: "Catalogue", targets: ["Catalogue"]),
    .library(name: "Scoring", targets: ["Scoring"]),
    .library(name: "Viewer", targets: ["Viewer"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "EmbeddedAssets",
      cSettings: [.define("PLUMBLINE_COMMIT", to: "\"\(commit ?? "unknown")\"")]),
    .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"], swiftSettings: numerics),
    .target(name: "RigidBody", dependencies: ["LinearAlgebra"], swiftSettings: numerics),
    .target(name: "Fluid", dependencies: ["LinearAlgebra"], swiftSettings: numerics),
    .target(name: "Fracture", dependencies: ["LinearAlgebra"], swiftSettings: numerics),
    .target(
      name: "Experience",
      dependencies: ["CZlib", "Yams", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: numerics),
    .target(
      name: "Catalogue",
      dependencies: ["Experience", "RigidBody", "Fluid", "Fracture", "LinearAlgebra"],
      swiftSettings: numerics),
    .target(name: "Scoring", dependencies: ["Experience"], swiftSettings: numerics),

    // The picture: only `Viewer` sees OpenGL, GLFW, ImGui and libpng.
    .systemLibrary(name: "CGLFW", pkgConfig: "glfw3", providers: [.apt(["libglfw3-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .target(name: "COpenGL", linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "CImGui",
      linkerSettings: [
        .linkedLibrary("imgui"), .linkedLibrary("stb"), .linkedLibrary("freetype"),
      ]),
    .target(
      name: "Viewer", dependencies: ["Experience", "COpenGL", "CImGui", "CGLFW", "CPNG"],
      swiftSettings: vector),
    .executableTarget(
      name: "plumbline",
      dependencies: [
        "Catalogue", "Experience", "Scoring", "RigidBody", "LinearAlgebra", "EmbeddedAssets",
        "Viewer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: vector),

    .executableTarget(
      name: "Measure",
      dependencies: [
        "Catalogue", "Experience", "LinearAlgebra", "RigidBody", "Fluid", "Fracture", "ClosedForms",
        "Viewer", "Scoring", "Attacks",
      ],
      path: "benchmarks/Measure", swiftSettings: vector),
    .target(
      name: "ClosedForms", path: "Tests/ClosedForms", swiftSettings: numerics),
    .target(
      name: "Attacks", dependencies: ["Scoring", "Experience"], path: "Tests/Attacks",
      swiftSettings: numerics),
    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], swiftSettings: vector),
    .testTarget(
      name: "RigidBodyTests", dependencies: ["RigidBody", "LinearAlgebra", "ClosedForms"],
      swiftSettings: numerics),
    .testTarget(
      name: "FluidTests", dependencies: ["Fluid", "LinearAlgebra", "ClosedForms"],
      swiftSettings: numerics),
    .testTarget(
      name: "FractureTests", dependencies: ["Fracture", "LinearAlgebra", "ClosedForms"],
      swiftSettings: numerics),
    .target(
      name: "SampleRecordings", dependencies: ["Experience"], path: "Tests/SampleRecordings",
      swiftSettings: vector),
    .testTarget(
      name: "ExperienceTests", dependencies: ["Experience", "SampleRecordings"],
      swiftSettings: vector),
    .testTarget(
      name: "CatalogueTests",
      dependencies: ["Catalogue", "Experience", "RigidBody", "ClosedForms", "EmbeddedAssets"],
      swiftSettings: numerics),
    .testTarget(
      name: "ScoringTests", dependencies: ["Scoring", "Experience", "Attacks"],
      swiftSettings: vector),
    .testTarget(
      name: "ViewerTests",
      dependencies: ["Viewer", "Experience", "Catalogue", "SampleRecordings"],
      exclude: ["Golden"], swiftSettings: vector),
    .testTarget(
      name: "plumblineTests", dependencies: ["plumbline", "Experience"], swiftSettings: vector),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
