#if arch(x86_64)
    import SSA
    import Testing
    import VectorCases
    import WasmInterpreter
    import WasmModel

    @testable import X64Backend

    /// Runs what the back end emits for every vector instruction on this host, and compares it with the interpreter.
    @Suite struct VectorOperationTests {
        /// What the back end chose among the behaviours that are allowed.
        private static let relaxed: RelaxedParameters = {
            var relaxed = RelaxedParameters()
            relaxed.minimum = .right
            relaxed.maximum = .right
            relaxed.dot = .unsigned
            relaxed.fraction = .wrapped
            relaxed.signedTruncation = .least
            relaxed.swizzle = .modulo
            return relaxed
        }()

        @Test func `every vector instruction has a row, and no other one`() {
            let covered = Set(X64VectorTable.shared.programs.programs.map(\.opcode))
            #expect(VectorCase.opcodes.filter { !covered.contains($0) } == [])
            #expect(covered.count == VectorCase.opcodes.count)
            #expect(VectorCase.opcodes.count == 233)
        }

        @Test(arguments: NativeOperation.Placement.all)
        func `every vector instruction answers what the interpreter answers`(
            _ placement: NativeOperation.Placement
        ) throws {
            let cases = VectorCase.opcodes.flatMap(VectorCase.all)
            let oracle = try VectorOracle(cases, relaxed: Self.relaxed)
            for (number, vectorCase) in cases.enumerated() {
                if placement.isOneValue && Set(vectorCase.operands).count > 1 { continue }
                let native = try vectorCase.compiled(placement)
                let memory = ExecutableMemory(native.bytes)
                var samples = VectorSamples(seed: UInt64(number))
                for _ in 0..<40 {
                    var arguments = vectorCase.operands.map { _ in samples.next() }
                    if placement.isOneValue { arguments = arguments.map { _ in arguments[0] } }
                    let expected = oracle.result(number, arguments)
                    let used = placement.isOneValue ? [arguments[0]] : arguments
                    let (result, changed) = native.run(vectors: used, in: memory)
                    if vectorCase.agree(result, expected, arguments) && changed.isEmpty { continue }
                    Issue.record(
                        """
                        \(vectorCase.text) of \(arguments.map(\.hexadecimal)): \(result.hexadecimal) instead of \
                        \(expected.hexadecimal); registers that changed: \(changed.map(\.number))
                        """
                    )
                    break
                }
            }
        }
    }

    extension VectorCase {
        func compiled(_ placement: NativeOperation.Placement) throws -> NativeOperation {
            try NativeOperation(
                .vector(opcode),
                IRType(result),
                operands: operands.map { IRType($0) },
                immediate: lane,
                vectorConstants: mask.map { [$0] } ?? [],
                placement
            )
        }
    }
#endif
