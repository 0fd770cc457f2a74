import Testing
import WasmModel

@testable import WasmGenerator

/// What arbitrary programs contain often enough to be met within seconds.
@Suite struct ReachTests {
    private static let programs: [GeneratedProgram] = (0..<400 as Range<UInt64>).compactMap { seed in
        guard let profile = Profile(named: "programs") else { return nil }
        var decisions = DecisionSource(seed: seed)
        guard
            case .program(let program) = profile.decidedCase(
                from: &decisions,
                maximumArity: ArityBoundary.usualMaximum
            )
        else { return nil }
        return program
    }

    /// A shape: what it is, in how many of 400 programs it has to be, and whether a body has it.
    private struct Shape: CustomTestStringConvertible {
        let testDescription: String
        let least: Int
        let isIn: @Sendable ([Instruction]) -> Bool

        init(_ description: String, least: Int, _ isIn: @escaping @Sendable ([Instruction]) -> Bool) {
            testDescription = description
            self.least = least
            self.isIn = isIn
        }
    }

    /// Whether instructions follow each other anywhere in a body.
    private static func has(_ body: [Instruction], _ opcodes: [Set<Opcode>]) -> Bool {
        body.indices.dropLast(opcodes.count - 1).contains { start in
            opcodes.enumerated().allSatisfy { $0.element.contains(body[start + $0.offset].opcode) }
        }
    }

    /// The clauses of every `try_table`, each with the instructions up to the end of its block.
    private static func tries(_ body: [Instruction]) -> [(clauses: [CatchClause], content: ArraySlice<Instruction>)] {
        body.indices.compactMap { start in
            guard case .tryTable(_, let clauses) = body[start].immediate else { return nil }
            var depth = 0
            for position in start..<body.count {
                switch body[position].opcode {
                case .block, .loop, .if, .tryTable: depth += 1
                case .end: depth -= 1
                default: break
                }
                if depth == 0 { return (clauses, body[start..<position]) }
            }
            return (clauses, body[start...])
        }
    }

    private static let shapes = [
        Shape("two clauses of one try_table for the same tag", least: 20) { body in
            tries(body).contains { attempt in
                let tags = attempt.clauses.compactMap { clause -> TagIndex? in
                    switch clause {
                    case .tag(let tag, _), .tagWithReference(let tag, _): tag
                    case .all, .allWithReference: nil
                    }
                }
                return Set(tags).count < tags.count
            }
        },
        Shape("more than 16 calls in one try_table", least: 8) { body in
            tries(body).contains { $0.content.count { $0.opcode == .call } > 16 }
        },
        Shape("an exception that is kept in a local and thrown again", least: 40) { body in
            has(body, [[.localGet], [.throwRef]])
        },
        Shape("a table of branches to different blocks", least: 60) { body in
            body.contains { instruction in
                guard case .labelTable(let labels) = instruction.immediate else { return false }
                return Set(labels).count > 2
            }
        },
        Shape("a table of more than 200 branches", least: 2) { body in
            body.contains { instruction in
                guard case .labelTable(let labels) = instruction.immediate else { return false }
                return labels.count > 200
            }
        },
        Shape("a comparison of floats that is turned round", least: 20) { body in
            has(body, [[.f32Lt, .f32Gt, .f64Lt, .f64Gt], [.i32Eqz]])
        },
        Shape("a shift of what was shifted", least: 4) { body in
            has(body, [[.i32Shl, .i64Shl], [.i32Const, .i64Const], [.i32Shl, .i64Shl]])
        },
        Shape("a sum with what is shifted", least: 20) { body in
            has(body, [[.i32Const], [.i32Shl], [.i32Add]])
        },
        Shape("a difference of a float and itself", least: 3) { body in
            body.indices.dropFirst(2).contains { position in
                (body[position].opcode == .f64Sub || body[position].opcode == .f32Sub)
                    && body[position - 1].opcode == .localGet && body[position - 1] == body[position - 2]
            }
        },
        Shape("a load of 16 bits at the address and the offset of a store of 16 bits", least: 8) { body in
            let stores = body.indices.filter { body[$0].opcode == .i32Store16 }.map { body[$0].immediate }
            return body.contains { $0.opcode == .i32Load16U && stores.contains($0.immediate) }
        },
        Shape("an if with equal arms", least: 10) { body in
            body.indices.contains { position in
                guard body[position].opcode == .else else { return false }
                let first = body[..<position].reversed().prefix { $0.opcode != .if }.reversed()
                return first.count > 3 && body[(position + 1)...].starts(with: first)
            }
        },
        Shape("blocks that are 30 and more deep", least: 2) { body in
            var (depth, deepest) = (0, 0)
            for instruction in body {
                switch instruction.opcode {
                case .block, .loop, .if, .tryTable: depth += 1
                case .end: depth -= 1
                default: break
                }
                deepest = max(deepest, depth)
            }
            return deepest > 30
        },
        Shape("much code in an if", least: 5) { body in
            body.count { $0.opcode == .i64Store } > 100
        },
        Shape("a loop whose locals take each other's values at once", least: 10) { body in
            has(body, Array(repeating: [.localGet], count: 4) + Array(repeating: [.localSet], count: 4))
        },
        Shape("loops in each other with sums of more than ten values", least: 10) { body in
            let sums = body.indices.dropLast(3).count { start in
                body[start].opcode == .localGet && body[start + 1].opcode == .localGet
                    && body[start + 2].opcode.row.immediate == .none && body[start + 3].opcode == .localSet
                    && body[start].immediate == body[start + 3].immediate
            }
            return sums > 10
        },
        Shape("an if of whose arms one goes elsewhere", least: 20) { body in
            has(body, [[.br, .return, .unreachable], [.else]])
        },
    ]

    @Test(arguments: shapes.indices)
    func `programs have shapes that compilers treat in a way of their own`(_ index: Int) {
        let shape = Self.shapes[index]
        let count = Self.programs.count { program in program.module.functions.contains { shape.isIn($0.body) } }
        #expect(count >= shape.least, "\(shape.testDescription): in \(count) of \(Self.programs.count) programs")
    }

    @Test func `programs call functions by a type above their own, and by one that may have subtypes`() {
        func types(_ program: GeneratedProgram, isCalled: (SubType) -> Bool) -> Bool {
            program.module.functions.contains { function in
                function.body.contains { instruction in
                    guard case .callIndirect(let type, _) = instruction.immediate else { return false }
                    return isCalled(program.module.types[type.position])
                }
            }
        }
        #expect(Self.programs.count { types($0) { !$0.isFinal } } >= 8)
        #expect(Self.programs.count { types($0) { !$0.supertypes.isEmpty } } >= 3)
        #expect(Self.programs.count { $0.module.types.contains { !$0.supertypes.isEmpty } } >= 15)
    }

    @Test func `programs have functions with many parameters, results and values in exceptions among others`() {
        func count(_ condition: (FunctionType) -> Bool) -> Int {
            Self.programs.count { program in
                program.module.types.contains { type in type.functionType.map(condition) ?? false }
            }
        }
        #expect(count { $0.parameters.count > 40 } > 20)
        #expect(count { $0.results.count > 250 } > 8)
        #expect(count { $0.parameters.count > 1_000 } > 0)
        let payloads = Self.programs.count { program in
            program.module.tags.contains {
                program.module.types[$0.position].functionType?.parameters.count ?? 0 > 250
            }
        }
        #expect(payloads > 2)
    }

    @Test func `programs have hundreds and thousands of items of each kind in front of those that they use`() {
        func count(_ isLarge: (Module) -> Bool) -> Int { Self.programs.count { isLarge($0.module) } }
        #expect(count { $0.globals.count > 260 } > 3)
        #expect(count { $0.globals.count > 2_050 } > 0)
        #expect(count { $0.functions.count > 260 } > 1)
        #expect(count { $0.types.count > 260 } > 1)
        #expect(count { $0.tables.count > 64 } > 1)
        #expect(count { $0.tags.count > 128 } > 0)
    }

    @Test func `programs with many items use those with large indices, and others`() {
        func positions(_ position: (Instruction) -> Int?, _ isLarge: (Module) -> Bool) -> [Int] {
            Self.programs.filter { isLarge($0.module) }.flatMap(\.module.functions).flatMap(\.body).compactMap(position)
        }
        let called = positions { instruction in
            if case .function(let index) = instruction.immediate { index.position } else { nil }
        } _: {
            $0.functions.count > 260
        }
        #expect(called.contains { $0 > 256 })
        #expect(called.contains { $0 < 128 })
        let written = positions { instruction in
            guard instruction.opcode == .globalSet, case .global(let index) = instruction.immediate else { return nil }
            return index.position
        } _: {
            $0.globals.count > 2_050
        }
        #expect(written.contains { $0 > 2_050 })
    }
}
