import Differential
import Execution
import Foundation
import InTreeEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import BugZoo

/// The mechanisms of our own: each shows in a trigger, and in little else.
///
/// Code of the host that may do anything to the process runs in none of these tests; what is wrong so is shown in the simulator.
@Suite struct MechanismTests {
    private static let triggers = Specimen.mechanisms.compactMap(\.smallest)

    @Test(arguments: triggers)
    func `a trigger shows its mechanism`(_ trigger: TriggerModule) throws {
        let specimen = try #require(Specimen(identifier: trigger.identifier))
        guard trigger.canRun else { return }
        let verdicts = try trigger.verdicts(specimen)
        #expect(verdicts.contains { if case .divergence = $0 { true } else { false } }, "\(verdicts)")
    }

    @Test(arguments: triggers)
    func `a trigger agrees in the healthy pipeline`(_ trigger: TriggerModule) throws {
        guard trigger.canRun else { return }
        _ = try Validator.validate(try TextParser.module(trigger.text))
        for verdict in try trigger.verdicts(nil) {
            switch verdict {
            case .agreement: #expect(trigger.stackBytes == nil)
            case .inconclusive: #expect(trigger.stackBytes != nil)
            case .divergence: Issue.record("\(verdict)")
            }
        }
    }

    @Test(arguments: Specimen.mechanisms.map(\.identifier))
    func `a mechanism leaves plain modules right`(_ identifier: String) throws {
        let specimen = try #require(Specimen(identifier: identifier))
        let registry = InTreeEngines.registry(change: specimen.breakPipeline, instrumentation: .fuzzing)
        var trial = Judge(oracle: registry.oracle).trial(of: Case(Self.plain))
        for target in CompilationTarget.allCases where target.canRun {
            for engine in try registry.engines(named: target.rawValue) {
                #expect(trial.verdict(of: engine) == .agreement, "\(engine.name)")
            }
        }
    }

    @Test func `every mechanism has a name of its own, and a trigger but where time alone shows it`() {
        let names = (Specimen.all + Specimen.mechanisms).map(\.identifier)
        #expect(Set(names).count == names.count)
        let shown = TriggerModule.all.map(\.identifier) + Specimen.growing.map(\.identifier)
        #expect(shown.count == names.count && Set(shown) == Set(names))
        for specimen in Specimen.mechanisms {
            #expect(Specimen(identifier: specimen.identifier)?.mechanism == specimen.mechanism)
        }
    }

    /// Measures time, which a busy machine may change.
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil),
        arguments: Specimen.growing.map(\.identifier)
    )
    func `what grows is measured, and in the healthy pipeline nothing does`(_ identifier: String) throws {
        let specimen = try #require(Specimen(identifier: identifier))
        let recipe = CaseRecipe(
            edges: [.directCall],
            parameters: [.i32],
            results: Array(repeating: .i64, count: 100),
            routing: .inOrder,
            constantsSeed: 1
        )
        for change in [nil, specimen.breakPipeline] {
            let engine = try #require(
                try InTreeEngines.registry(change: change).engines(named: "arm64:speed:loads").first
            )
            let growth = try #require(Growth(.compileTime, of: recipe, in: engine, within: Budget()))
            #expect((growth.divergence != nil) == (change != nil), "\(growth.description)")
        }
    }

    /// Sums, a loop, memory, calls, several results and an exception.
    private static let plain = TestCase(
        wasm: TriggerModule.bytes(
            """
            (module
              (memory 1)
              (global $g (mut i32) (i32.const 5))
              (table 2 funcref)
              (elem (i32.const 0) func $add)
              (tag $t (param i32))
              (type $binary (func (param i32 i32) (result i32)))
              (func $add (export "add") (type $binary) (i32.add (local.get 0) (local.get 1)))
              (func (export "sum") (param i32) (result i32) (local i32)
                (loop $l
                  (local.set 1 (i32.add (local.get 1) (local.get 0)))
                  (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
                (local.get 1))
              (func (export "memory") (param i32 i64) (result i64)
                (i64.store offset=8 (local.get 0) (local.get 1))
                (global.set $g (local.get 0))
                (i64.load offset=8 (global.get $g)))
              (func (export "indirect") (param i32 i32) (result i32)
                (call_indirect (type $binary) (local.get 0) (local.get 1) (i32.const 0)))
              (func (export "several") (param f64 f32) (result f32 f64) (local.get 1) (local.get 0))
              (func $throw (param i32) (throw $t (local.get 0)))
              (func (export "catch") (param i32) (result i32)
                (block $h (result i32)
                  (try_table (catch $t $h) (call $throw (local.get 0)))
                  (i32.const 0))))
            """
        ),
        invocations: [
            Invocation(export: "add", arguments: [.i32(2), .i32(3)]),
            Invocation(export: "sum", arguments: [.i32(10)]),
            Invocation(export: "memory", arguments: [.i32(16), .i64(7)]),
            Invocation(export: "indirect", arguments: [.i32(2), .i32(3)]),
            Invocation(export: "several", arguments: [.f64(0x3FF0_0000_0000_0000), .f32(0x3F80_0000)]),
            Invocation(export: "catch", arguments: [.i32(9)]),
        ]
    )
}
