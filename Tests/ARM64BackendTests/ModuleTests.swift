import ARM64Simulator
import MachineCode
import SSA
import Testing
import WasmFormats
import WasmModel

@testable import ARM64Backend

/// Whole modules through the pipeline, entered through their entry stubs in the simulator.
@Suite struct ModuleTests {
    /// A compiled module with an instance context without memories and tables.
    private final class Instance {
        let compiled: CompiledModule
        let code: SimulatedCode
        let context: UnsafeMutableRawPointer
        private let module: WasmModel.Module
        static let hostGate: UInt64 = 0xFFFF_FFFF_FFFF_0000
        /// The calls of the host gate: the callee's number and the low halves of its arguments.
        var hostCalls: [(callee: UInt64, arguments: [UInt64])] = []
        var hostAnswer: UInt64 = 0

        init(_ module: WasmModel.Module, _ strategy: ResultStrategy) throws {
            self.module = module
            let validated = try Validator.validate(module)
            compiled = try ModuleCompiler(ARM64Backend(), PipelineConfiguration(resultStrategy: strategy))
                .compile(validated)
            code = try SimulatedCode(compiled.code)
            context = try code.addMemory(size: 256)
            let state = try code.addMemory(size: InstanceContextLayout.StoreState.size)
            context.storeBytes(of: state.address, toByteOffset: InstanceContextLayout.storeState, as: UInt64.self)
            let functions = validated.functionTypeIndices.count
            let records = try code.addMemory(size: functions * InstanceContextLayout.FunctionRecord.size + 16)
            context.storeBytes(
                of: records.address,
                toByteOffset: InstanceContextLayout.functionRecords,
                as: UInt64.self
            )
            for function in 0..<functions {
                let record = records + function * InstanceContextLayout.FunctionRecord.size
                let address = code.start + UInt64(compiled.functionOffsets[function])
                record.storeBytes(
                    of: address,
                    toByteOffset: InstanceContextLayout.FunctionRecord.code,
                    as: UInt64.self
                )
                record.storeBytes(
                    of: context.address,
                    toByteOffset: InstanceContextLayout.FunctionRecord.context,
                    as: UInt64.self
                )
            }
            try code.simulator.registerHostCall(Self.hostGate)
            context.storeBytes(of: Self.hostGate, toByteOffset: InstanceContextLayout.hostGate, as: UInt64.self)
            let limit = code.stackTop - UInt64(SimulatedCode.stackSize) + 4096
            context.storeBytes(of: limit, toByteOffset: InstanceContextLayout.stackLimit, as: UInt64.self)
            code.simulator.registersPoisonedByCalls = RegisterSet(general: 1 << 16 | 1 << 17, vector: 3 << 30)
            code.simulator.registersPoisonedByReturns = RegisterSet(general: 1 << 16 | 1 << 17, vector: 3 << 30)
        }

        /// Calls a function through its entry stub; answers the stub's code and the results.
        func call(_ function: Int, _ arguments: [UInt64], results: Int) throws -> (code: UInt64, results: [UInt64]) {
            let values = try code.addMemory(size: 16 * max(1, arguments.count, results))
            for (position, argument) in arguments.enumerated() {
                values.storeBytes(of: argument, toByteOffset: 16 * position, as: UInt64.self)
            }
            let simulator = code.simulator
            for number in 19...29 { simulator.x[number] = 0x1111 * UInt64(number) }
            for number in 8...15 { simulator.v[number] = Vector128(low: 0x2222 * UInt64(number), high: 0) }
            simulator.x[0] = context.address
            simulator.x[1] = code.start + UInt64(compiled.functionOffsets[function])
            simulator.x[2] = values.address
            simulator.x[30] = ARM64Simulator.returnAddress
            simulator.sp = code.stackTop
            var remaining: UInt64 = 50_000_000
            let stub = code.start + UInt64(compiled.entryStubOffsets[function])
            var stop = simulator.run(from: stub, remaining: &remaining)
            while case .hostCall = stop {
                try performHostCall()
                stop = simulator.resumeAfterHostCall(remaining: &remaining)
            }
            try #require(stop == .returned)
            #expect(simulator.sp == code.stackTop)
            #expect((19...29).allSatisfy { simulator.x[$0] == 0x1111 * UInt64($0) }, "x19 to x29 are the host's")
            #expect((8...15).allSatisfy { simulator.v[$0].low == 0x2222 * UInt64($0) }, "d8 to d15 are the host's")
            return (
                simulator.x[0],
                (0..<results).map { values.load(fromByteOffset: 16 * $0, as: UInt64.self) }
            )
        }

        /// Answers the arguments in reverse order.
        private func performHostCall() throws {
            let simulator = code.simulator
            #expect(simulator.x[0] == context.address)
            #expect(simulator.sp % 16 == 0)
            guard let values = UnsafeMutableRawPointer(bitPattern: UInt(simulator.x[2])) else {
                Issue.record("no array of values")
                return
            }
            let count = 20
            let arguments = (0..<count).map { values.load(fromByteOffset: 16 * $0, as: UInt64.self) }
            hostCalls.append((simulator.x[1], arguments))
            for (position, argument) in arguments.reversed().enumerated() {
                values.storeBytes(of: argument, toByteOffset: 16 * position, as: UInt64.self)
            }
            // All registers that the host may change.
            for number in Array(0...18) { simulator.x[number] = 0xDEAD }
            for number in 0...31 where !(8...15).contains(number) {
                simulator.v[number] = Vector128(low: 0xDEAD, high: 1)
            }
            simulator.x[0] = hostAnswer
        }
    }

    private func instance(_ text: String, _ strategy: ResultStrategy) throws -> Instance {
        try Instance(TextParser.module(text), strategy)
    }

    @Test(arguments: ResultStrategy.allCases)
    func `loops, branch tables and block parameters`(_ strategy: ResultStrategy) throws {
        let instance = try instance(
            """
            (module
              (func (export "factorial") (param i64) (result i64) (local i64)
                (local.set 1 (i64.const 1))
                (block (loop
                  (br_if 1 (i64.eqz (local.get 0)))
                  (local.set 1 (i64.mul (local.get 0) (local.get 1)))
                  (local.set 0 (i64.sub (local.get 0) (i64.const 1)))
                  (br 0)))
                (local.get 1))
              (func (export "swap") (param i32 f64) (result f64 i32)
                (local.get 1) (local.get 0))
              (func (export "switch") (param i32) (result i32)
                (block (block (block (br_table 0 1 2 (local.get 0)))
                  (return (i32.const 10))) (return (i32.const 11)))
                (i32.const 12)))
            """,
            strategy
        )
        #expect(try instance.call(0, [20], results: 1) == (0, [2_432_902_008_176_640_000]))
        #expect(try instance.call(1, [7, 0x4000_0000_0000_0000], results: 2).results.first == 0x4000_0000_0000_0000)
        for (index, expected) in [(0, 10), (1, 11), (2, 12), (3, 12), (UInt64(UInt32.max), 12)] {
            let (code, results) = try instance.call(2, [index], results: 1)
            #expect(code == 0)
            #expect(results.map { UInt32(truncatingIfNeeded: $0) } == [UInt32(expected)])
        }
    }

    @Test(arguments: ResultStrategy.allCases)
    func `traps and the stack limit leave through the entry stub`(_ strategy: ResultStrategy) throws {
        let instance = try instance(
            """
            (module
              (func $divide (export "divide") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
              (func (export "nested") (param i64 i64) (result i64)
                (i64.add (i64.const 1) (call $divide (local.get 0) (local.get 1))))
              (func $recurse (export "recurse") (param i64) (result i64)
                (i64.add (i64.const 1) (call $recurse (local.get 0)))))
            """,
            strategy
        )
        let zero = UInt64(Trap.integerDivideByZero.code)
        let overflow = UInt64(Trap.integerOverflow.code)
        #expect(try instance.call(1, [1, 0], results: 0).code == zero)
        #expect(try instance.call(0, [1 << 63, .max], results: 0).code == overflow)
        #expect(try instance.call(2, [1], results: 0).code == UInt64(InstanceContextLayout.stackExhaustedCode))
        #expect(try instance.call(1, [20, 6], results: 1) == (0, [4]))
    }

    @Test(arguments: ResultStrategy.allCases)
    func `imports are called through exit stubs, and their trap codes leave`(_ strategy: ResultStrategy) throws {
        let types = Array(repeating: ["i64", "f64"], count: 10).joined()
        let list = types.joined(separator: " ")
        let instance = try instance(
            """
            (module
              (import "host" "f" (func $f (param \(list)) (result \(types.reversed().joined(separator: " ")))))
              (func (export "call") (param \(list)) (result \(types.reversed().joined(separator: " ")))
                \((0..<20).map { "(local.get \($0))" }.joined(separator: " ")) (call $f)))
            """,
            strategy
        )
        let arguments = (0..<20).map { UInt64($0) * 0x0101_0101_0101 + 1 }
        #expect(try instance.call(1, arguments, results: 20) == (0, arguments.reversed()))
        #expect(instance.hostCalls.map(\.callee) == [0])
        #expect(instance.hostCalls.map(\.arguments) == [arguments])
        instance.hostAnswer = 77
        #expect(try instance.call(1, arguments, results: 0).code == 77)
    }

    @Test(arguments: ResultStrategy.allCases, [1, 8, 9, 17, 254, 255, 256, 257, 1000])
    func `any number of parameters comes back in reverse order`(_ strategy: ResultStrategy, _ count: Int) throws {
        let types = ["i64", "f64", "i32", "f32", "i64"]
        let list = (0..<count).map { types[$0 % types.count] }
        let gets = (0..<count).map { "(local.get \($0))" }
        let reversed = list.reversed().joined(separator: " ")
        let instance = try instance(
            """
            (module
              (func $reverse (param \(list.joined(separator: " "))) (result \(reversed))
                \(gets.reversed().joined(separator: " ")))
              (func (export "f") (param \(list.joined(separator: " "))) (result \(reversed))
                \(gets.joined(separator: " ")) (call $reverse)))
            """,
            strategy
        )
        let arguments = (0..<count).map { UInt64($0) + 0x1000 }
        let (code, results) = try instance.call(1, arguments, results: count)
        #expect(code == 0)
        #expect(results.map { $0 & 0xFFFF_FFFF } == arguments.reversed())
    }
}
