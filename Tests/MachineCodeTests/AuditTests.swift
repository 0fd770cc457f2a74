import MachineCode
import NativeEntry
import Runtime
import SSA
import Testing
import WasmModel

/// Audited code: the same results where the compiler is right, and a named end where it is wrong though the results are
/// right.
@Suite struct AuditTests {
    static let pipelines = TestPipeline.all.flatMap { [$0.audited, $0.audited.backtracking] }

    @Test(
        arguments: pipelines,
        [
            TailCallTests.Chain(parameterCounts: [0, 0, 0], resultCount: 0),
            TailCallTests.Chain(parameterCounts: [40, 3, 60, 2, 40], resultCount: 40),
            TailCallTests.Chain(parameterCounts: [7, 31, 31, 31], resultCount: 300, isIndirect: true),
        ]
    )
    func `audited code has the results of other code`(_ pipeline: TestPipeline, _ chain: TailCallTests.Chain) throws {
        try chain.check(pipeline)
    }

    @Test(arguments: TestMachine.runnable)
    func `a frame of more than the poison's limit is audited too`(_ machine: TestMachine) throws {
        try TailCallTests.Chain(parameterCounts: [3, 3000, 3], resultCount: 3)
            .check(TestPipeline(machine: machine, strategy: .loads, isAudited: true))
    }

    /// A module whose function 0 calls function 1 with so many parameters and results and gives the results back.
    private static func call(_ parameters: [IRType], _ results: [IRType]) -> HandmadeModule {
        var module = HandmadeModule()
        let signature = Signature(parameters: parameters, results: results)
        module.add(Signature(results: results)) { builder, _ in
            let arguments = Routing.route(parameters, from: [], [], tag: 1, &builder)
            builder.return(Array(builder.emitCall(.call, signature, operands: arguments, immediate: 1)))
        }
        module.add(signature) { builder, own in
            builder.return(Routing.route(results, from: own, parameters, tag: 2, &builder))
        }
        return module
    }

    /// Runs function 0 of a module with a changed pipeline, without and with the audit.
    private func codes(
        _ module: HandmadeModule,
        _ machine: TestMachine,
        _ change: (inout PipelineConfiguration) -> Void
    ) throws -> (plain: UInt32, areResultsRight: Bool, audited: UInt32) {
        let results = module.functions[0].signature.results
        func run(_ configuration: PipelineConfiguration) throws -> (code: UInt32, results: [RawValue]) {
            let store = try CodeStore(machine)
            let instance = try store.instantiate(module, configuration)
            return try withExtendedLifetime(store) { try instance.call(0, [], results: results.count) }
        }
        let healthy = try run(PipelineConfiguration())
        var configuration = PipelineConfiguration()
        change(&configuration)
        let plain = try run(configuration)
        configuration.isAudited = true
        let audited = try run(configuration)
        let isSame = Routing.significant(plain.results, results) == Routing.significant(healthy.results, results)
        return (plain.code, isSame, audited.code)
    }

    @Test(arguments: TestMachine.runnable)
    func `a stack pointer that is not adjusted after a call is found though the results are right`(
        _ machine: TestMachine
    ) throws {
        let found = try codes(Self.call(Routing.types(40), [.i64]), machine) { configuration in
            configuration.selection.adjustmentAfterCall = { _ in 0 }
        }
        #expect(found == (0, true, AuditViolation.stackPointerAfterAdjustment.rawValue))
    }

    @Test(arguments: TestMachine.runnable)
    func `a store beyond the end of the result area is found though the results are right`(
        _ machine: TestMachine
    ) throws {
        // The longer list leaves 8 bytes of its area free, and what lies above the shorter one's is nobody's.
        var module = HandmadeModule()
        let signatures = [41, 20].map { Signature(results: [IRType](repeating: .f64, count: $0)) }
        module.add(Signature(results: [.f64, .f64])) { builder, _ in
            let first = Array(builder.emitCall(.call, signatures[0], operands: [], immediate: 1))
            let second = Array(builder.emitCall(.call, signatures[1], operands: [], immediate: 2))
            builder.return([first[40], second[19]])
        }
        for signature in signatures {
            module.add(signature) { builder, _ in
                builder.return(Routing.route(signature.results, from: [], [], tag: 2, &builder))
            }
        }
        let found = try codes(module, machine) { configuration in
            // Each store but the last one is mended by the next.
            configuration.selection.resultStore = { $0 == .f64 ? .v128 : $0 }
        }
        #expect(found == (0, true, AuditViolation.memoryAboveResults.rawValue))
    }

    @Test(arguments: TestMachine.runnable)
    func `a store beyond the outgoing arguments is found though the results are right, and the call does not hide it`(
        _ machine: TestMachine
    ) throws {
        let parameters = [IRType](repeating: .f64, count: 40)
        let found = try codes(Self.call(parameters, [.i64]), machine) { configuration in
            configuration.select = { (function, backend, stages, limits) throws(CompilationError) in
                var selected = try SelectionDriver.select(function, for: backend, stages: stages, limits: limits)
                // Each store but the last one is mended by the next.
                for (position, instruction) in selected.instructions.enumerated()
                where instruction.form == SharedForm.storeFrame.rawValue && instruction.area == .outgoingArguments {
                    selected.instructions[position].auxiliary = MachineInstruction.auxiliary(.v128, .outgoingArguments)
                }
                return selected
            }
        }
        #expect(found == (0, true, AuditViolation.guardsOfFrame.rawValue))
    }

    @Test func `a frame that is not aligned is found though the results are right`() throws {
        #if arch(x86_64)
            for isAudited in [false, true] {
                let store = try CodeStore(.x86_64)
                store.stackMisalignment = 8
                let pipeline = TestPipeline(machine: .x86_64, strategy: .definitions, isAudited: isAudited)
                let instance = try store.instantiate(Self.call([.i64], [.i64]), pipeline.configuration)
                let end = try instance.call(0, [], results: 1)
                #expect(end.code == (isAudited ? AuditViolation.frameMisaligned.rawValue : 0))
            }
        #endif
    }

    @Test func `a stub that does not keep a register of the host has an answer of its own`() throws {
        #if arch(x86_64)
            let stack = try ZeroedPages(size: 4096)
            let top = stack.start + stack.size
            // xorl %eax, %eax; each but the first changes a register: xorl %ebx, %ebx, incq %r12 to %r15; ret.
            let changes: [[UInt8]] = [
                [], [0x31, 0xDB], [0x49, 0xFF, 0xC4], [0x49, 0xFF, 0xC5], [0x49, 0xFF, 0xC6], [0x49, 0xFF, 0xC7],
            ]
            for change in changes {
                let code = try ExecutableMemory(code: [0x31, 0xC0] + change + [0xC3])
                let answer = native_entry_call(UnsafeRawPointer(code.start), nil, nil, nil, top)
                #expect(answer == (change.isEmpty ? 0 : AuditViolation.registersOfHost.rawValue))
            }
        #endif
    }

    @Test(arguments: AuditViolation.allCases)
    func `every violation is text that begins with audit`(_ violation: AuditViolation) {
        #expect(violation.description.hasPrefix("audit: "))
        #expect(Trap(code: violation.rawValue) == nil)
    }
}
