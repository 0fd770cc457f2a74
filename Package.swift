// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target: Swift 6 language mode comes with the tools version; a warning fails the build.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Optimised in debug builds too: interpreters, compilers and a simulator are 20 to 50 times slower otherwise, and with them the tests.
///
/// Only packages that others depend on may not have such flags. What a debugger cannot show: remove this line.
let optimised: SwiftSetting = .unsafeFlags(["-O"], .when(configuration: .debug))

/// A library target of the project in `Sources/<name>`.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + [optimised])
}

/// A fuzz target in `FuzzTargets/<name>`: built with libFuzzer it fuzzes, built plainly it replays files.
func fuzzTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "FuzzTargets/\(name)", swiftSettings: strict)
}

/// The tests of one target, in `Tests/<name>Tests`.
///
/// `exclude` names files and folders of data that the tests read by their path.
func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name)] + dependencies,
        exclude: exclude,
        swiftSettings: strict
    )
}

let package = Package(
    name: "fuzz-multivalue",
    products: [
        .executable(name: "fuzz-multivalue", targets: ["fuzz-multivalue"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        // Lowest first: a target may import only what its line names.
        library("Invariants"),
        library("ByteCoding"),
        library("GarbageCollection", ["Invariants"]),
        library("WasmModel"),
        library("ControlFlow"),
        library("RegisterAllocation", ["Invariants", "ControlFlow"]),
        library("ARM64Simulator"),
        library("WasmFormats", ["ByteCoding", "WasmModel"]),
        library("WasmGenerator", ["WasmModel"]),
        library("DecisionMutation", ["WasmGenerator"]),
        library("ModuleMutation", ["WasmModel", "WasmFormats", "WasmGenerator"]),
        library("Metamorphosis", ["WasmModel", "WasmFormats", "WasmGenerator"]),
        library("Execution", ["WasmModel", "WasmFormats"]),
        library("Carriage", ["WasmModel", "WasmFormats", "Execution"]),
        library("LibraryEngines", ["Execution", "WasmModel", "WasmFormats"]),
        library("WasmScripts", ["WasmModel", "WasmFormats", "Execution"]),
        library("WasmInterpreter", ["Invariants", "GarbageCollection", "WasmModel", "WasmFormats", "Execution"]),
        library("SSA", ["Invariants", "ControlFlow", "WasmModel", "WasmFormats"]),
        library("MachineCode", ["Invariants", "ControlFlow", "SSA", "RegisterAllocation", "WasmModel", "WasmFormats"]),
        library("X64Backend", ["Invariants", "SSA", "RegisterAllocation", "WasmModel", "MachineCode"]),
        library("ARM64Backend", ["Invariants", "SSA", "RegisterAllocation", "WasmModel", "MachineCode"]),
        .target(name: "NativeEntry"),
        .target(name: "TrapReport"),
        library("FunctionNames", ["TrapReport"]),
        .target(name: "ProcessControl"),
        library(
            "Runtime",
            ["NativeEntry", "GarbageCollection", "SSA", "MachineCode", "WasmModel", "WasmFormats"]
        ),
        library(
            "InTreeEngines",
            [
                "Execution", "NativeEntry", "WasmModel", "WasmFormats", "WasmInterpreter", "SSA", "MachineCode",
                "X64Backend", "ARM64Backend", "ARM64Simulator", "Runtime",
            ]
        ),
        library(
            "Listing",
            ["SSA", "RegisterAllocation", "WasmModel", "WasmFormats", "MachineCode", "X64Backend", "ARM64Backend"]
        ),
        library(
            "WorkerIsolation",
            ["Execution", "FunctionNames", "ProcessControl", "TrapReport", "WasmModel", "WasmScripts"]
        ),
        .target(
            name: "ExternalEngines",
            dependencies: [
                "ByteCoding", "WasmModel", "WasmFormats", "WasmScripts", "Execution", "Carriage", "WorkerIsolation",
            ],
            resources: [.embedInCode("Hosts")],
            swiftSettings: strict
        ),
        library("Differential", ["Execution", "Metamorphosis", "WasmModel", "WasmFormats", "WasmGenerator"]),
        library("Triage", ["Carriage", "Execution", "Differential", "WasmModel", "WasmFormats", "WasmGenerator"]),
        library("BugZoo", ["Invariants", "MachineCode", "RegisterAllocation", "SSA", "WasmFormats", "WasmModel"]),
        .target(name: "FuzzDriver"),
        // Apart from the driver: libFuzzer uses the mutator wherever it is linked.
        .target(name: "FuzzMutator"),
        library(
            "FuzzChecks",
            [
                "FuzzDriver", "FunctionNames", "Invariants", "WasmModel", "WasmFormats", "Execution", "WasmGenerator",
                "WasmInterpreter",
            ]
        ),
        fuzzTarget("fuzz-decode", ["FuzzChecks"]),
        fuzzTarget("fuzz-text", ["FuzzChecks"]),
        fuzzTarget("fuzz-interpret", ["FuzzChecks"]),
        library(
            "Campaign",
            [
                "Execution", "WorkerIsolation", "Differential", "Triage", "FuzzChecks", "Invariants",
                "DecisionMutation", "ModuleMutation", "WasmGenerator", "WasmFormats", "WasmModel",
            ]
        ),
        library("ZooScoreboard", ["BugZoo", "Campaign", "Execution", "Triage", "WasmFormats", "WorkerIsolation"]),
        library(
            "ReportPage",
            [
                .product(name: "Mustache", package: "swift-mustache"), "Campaign", "Execution", "Invariants", "Triage",
                "WasmGenerator", "WasmModel",
            ]
        ),
        fuzzTarget(
            "fuzz-differential",
            ["BugZoo", "Campaign", "Execution", "FuzzMutator", "InTreeEngines", "WorkerIsolation"]
        ),
        fuzzTarget(
            "fuzz-modules",
            ["BugZoo", "Campaign", "FuzzMutator", "InTreeEngines", "WorkerIsolation"]
        ),
        .executableTarget(
            name: "measure-speed",
            dependencies: [
                "Execution", "WasmModel", "WasmFormats", "WasmGenerator", "MachineCode", "InTreeEngines",
                "Differential",
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "measure-interpreters",
            dependencies: ["WasmModel", "WasmFormats", "WasmInterpreter"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "measure-compilers",
            dependencies: [
                "Execution", "InTreeEngines", "WasmModel", "WasmFormats", "MachineCode", "X64Backend", "Runtime",
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "fuzz-multivalue",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                "WasmModel", "WasmFormats", "Execution", "WasmScripts", "WasmGenerator", "SSA", "MachineCode",
                "InTreeEngines", "LibraryEngines", "ExternalEngines", "Listing", "WorkerIsolation", "Differential",
                "Triage", "BugZoo",
                "Campaign", "ReportPage", "ZooScoreboard",
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "CommandLineTests", dependencies: ["fuzz-multivalue"], swiftSettings: strict),
        tests(of: "FunctionNames", ["TrapReport"]),
        tests(of: "ControlFlow"),
        tests(of: "GarbageCollection"),
        tests(of: "RegisterAllocation"),
        tests(
            of: "BugZoo",
            [
                "WasmModel", "WasmFormats", "WasmGenerator", "SSA", "RegisterAllocation", "MachineCode",
                "InTreeEngines", "Execution", "Differential", "TestedEngines",
            ]
        ),
        tests(of: "ZooScoreboard", ["Execution", "Triage", "BugZoo", "Campaign", "TestedEngines", "WorkerIsolation"]),
        .target(name: "SnapshotFiles", path: "Tests/SnapshotFiles", swiftSettings: strict),
        // The engines in the tree, for the tests of everything above them.
        .target(
            name: "TestedEngines",
            dependencies: ["Execution", "InTreeEngines"],
            path: "Tests/TestedEngines",
            swiftSettings: strict
        ),
        tests(of: "SSA", ["WasmModel", "WasmFormats", "SnapshotFiles"], exclude: ["Translations", "Optimizations"]),
        tests(
            of: "Listing",
            ["InTreeEngines", "MachineCode", "WasmFormats", "SnapshotFiles"],
            exclude: ["Listings"]
        ),
        tests(
            of: "InTreeEngines",
            [
                "WasmModel", "WasmFormats", "WasmInterpreter", "Execution", "WasmScripts", "WasmGenerator",
                "MachineCode", "BugZoo",
                "Runtime", "Differential", "TestedEngines",
            ]
        ),
        tests(of: "Runtime", ["WasmModel", "WasmFormats", "MachineCode", "X64Backend"]),
        tests(of: "FuzzChecks", ["Invariants", "WasmFormats", "WasmGenerator"]),
        tests(of: "WasmGenerator", ["WasmModel", "WasmFormats", "Execution", "Differential", "TestedEngines"]),
        tests(
            of: "Triage",
            [
                "ByteCoding", "WasmModel", "WasmFormats", "WasmGenerator", "WasmInterpreter", "InTreeEngines",
                "Execution", "ModuleMutation",
                "Differential", "TestedEngines",
            ]
        ),
        tests(of: "Execution", ["WasmModel", "WasmFormats"]),
        tests(
            of: "ExternalEngines",
            [
                "Carriage", "Differential", "Execution", "WasmFormats", "WasmGenerator", "WasmModel", "WorkerIsolation",
                "TestedEngines",
            ]
        ),
        tests(of: "Carriage", ["WasmModel", "WasmFormats", "WasmGenerator", "Execution", "TestedEngines"]),
        tests(of: "DecisionMutation", ["WasmGenerator", "WasmModel"]),
        tests(
            of: "ModuleMutation",
            ["WasmModel", "WasmFormats", "WasmGenerator", "Execution", "TestedEngines"]
        ),
        tests(
            of: "Metamorphosis",
            ["WasmModel", "WasmFormats", "WasmGenerator", "Execution", "TestedEngines"]
        ),
        tests(
            of: "LibraryEngines",
            ["Execution", "WasmModel", "WasmFormats", "WasmGenerator", "Differential", "TestedEngines"]
        ),
        // A program for the tests of isolation: a worker whose engines misbehave.
        .executableTarget(
            name: "isolation-probe",
            dependencies: [
                "Differential", "Execution", "InTreeEngines", "Triage", "WasmFormats", "WasmInterpreter",
                "WorkerIsolation",
            ],
            path: "Tests/IsolationProbe",
            swiftSettings: strict
        ),
        tests(
            of: "WorkerIsolation",
            ["Execution", "WasmModel", "WasmFormats", "WasmScripts", "TestedEngines", "isolation-probe"]
        ),
        tests(
            of: "Differential",
            ["WasmInterpreter", "Execution", "WasmFormats", "WasmGenerator", "WasmModel", "TestedEngines"]
        ),
        tests(
            of: "Campaign",
            [
                "WasmModel", "WasmFormats", "WasmGenerator", "Execution", "WorkerIsolation", "Differential", "Triage",
                "TestedEngines",
            ]
        ),
        tests(
            of: "ReportPage",
            [
                "Campaign", "Differential", "Execution", "Triage", "WasmFormats", "WasmGenerator", "WasmInterpreter",
                "WasmModel",
            ]
        ),
        tests(of: "WasmModel"),
        tests(of: "WasmInterpreter", ["WasmModel", "WasmFormats"]),
        tests(of: "WasmScripts", ["WasmModel", "WasmFormats", "Execution", "WasmInterpreter"]),
        tests(of: "ByteCoding"),
        tests(of: "WasmFormats", ["ByteCoding", "WasmModel"]),
        // What the tests of both back ends need.
        .target(
            name: "VectorCases",
            dependencies: ["WasmModel", "WasmFormats", "WasmInterpreter"],
            path: "Tests/VectorCases",
            swiftSettings: strict
        ),
        tests(
            of: "X64Backend",
            [
                "SSA", "RegisterAllocation", "MachineCode", "Runtime", "WasmFormats", "WasmInterpreter", "WasmModel",
                "VectorCases",
            ],
            exclude: ["Golden"]
        ),
        tests(
            of: "MachineCode",
            [
                "NativeEntry", "SSA", "RegisterAllocation", "WasmModel", "WasmFormats", "X64Backend", "ARM64Backend",
                "ARM64Simulator", "Runtime",
            ]
        ),
        tests(of: "ARM64Simulator"),
        tests(
            of: "ARM64Backend",
            [
                "SSA", "RegisterAllocation", "MachineCode", "ARM64Simulator", "WasmFormats", "WasmInterpreter",
                "WasmModel",
                "VectorCases",
            ],
            exclude: ["Golden"]
        ),
    ]
)
