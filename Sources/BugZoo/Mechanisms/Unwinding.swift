import MachineCode
import SSA

extension Specimen {
    /// Exceptions that lose a part of what they carry, or do not arrive where they should.
    static let unwinding = [
        landingAboveResults, payloadOffsetOf8Bits, lastClauseWins, handlersBeyond16, packedVectorPayload,
        payloadOfNarrowFloats, lastExceptionThrown,
    ]

    /// The frame is smaller than it was.
    static let landingAboveResults = Specimen(
        "landing-above-results",
        trigger: "an exception that is caught by a function with a result area, where values lie in spill slots",
        mechanism: "the stack pointer of a landing does not count the area of results"
    ) { pipeline in
        pipeline.changeCode = { compiled, _ in
            let results = compiled.frame.resultGuardOffset - compiled.frame.resultAreaOffset
            if !compiled.exceptionHandlers.isEmpty { compiled.frame.size -= results }
        }
    }

    /// 16 values of 16 bytes.
    static let payloadOffsetOf8Bits = Specimen(
        "payload-offset-of-8-bits",
        trigger: "a tag with more than 16 values",
        mechanism: "a handler counts the offsets of an exception's values in 8 bits"
    ) { pipeline in
        pipeline.changePayloadLoads { _, offset in offset & 0xFF }
    }

    /// A dictionary of clauses by tag has one of each.
    static let lastClauseWins = Specimen(
        "last-clause-wins",
        trigger: "two clauses of one try_table for the same tag",
        mechanism: "of clauses with the same tag the last one counts"
    ) { pipeline in
        pipeline.rewriteTranslation { function in
            guard function.hasLandings else { return function }
            var left: [Clause: Int] = [:]
            return function.rewritingClauses { clause, _, _ in
                left[clause, default: 0] += 1
                return nil
            }.rewritingClauses { clause, rewriting, instruction in
                left[clause]! -= 1
                if left[clause] == 0 { return nil }
                return rewriting.change(instruction, to: .compare(.notEqual), clause.tag, clause.tag)
            }
        }
    }

    /// The table has a fixed size.
    static let handlersBeyond16 = Specimen(
        "handlers-beyond-16",
        trigger: "more than 16 calls in the bodies of one function's handlers, of which a later one throws",
        mechanism: "a function has at most 16 entries in the table of landings"
    ) { pipeline in
        pipeline.changeCode = { compiled, _ in
            let count = compiled.exceptionHandlers.count
            if count > 16 { compiled.exceptionHandlers.removeLast(count - 16) }
        }
    }

    /// Other values have slots of the same size in exceptions only.
    static let packedVectorPayload = Specimen(
        "packed-vector-payload",
        trigger: "a tag with a v128 that is not its first value",
        mechanism: "a handler loads a vector from 8 bytes below its slot, as if slots were packed"
    ) { pipeline in
        pipeline.changePayloadLoads { type, offset in type == .v128 && offset > 0 ? offset - 8 : offset }
    }

    /// Numbers of 4 bytes, two in a word.
    static let payloadOfNarrowFloats = Specimen(
        "payload-of-narrow-floats",
        trigger: "a tag with an f32 behind at least four other values",
        mechanism: "a handler loads an f32 beyond the fourth value from the upper half of its word"
    ) { pipeline in
        pipeline.changePayloadLoads { type, offset in type == .f32 && offset >= 64 ? offset + 4 : offset }
    }

    /// Most often the two are the same.
    static let lastExceptionThrown = Specimen(
        "last-exception-thrown",
        trigger: "throw_ref of an exception in a handler's function, after another exception was caught",
        mechanism: "where a function has handlers, throw_ref throws the last exception that arrived, not its operand"
    ) { pipeline in
        pipeline.rewriteTranslation { function in
            guard function.hasLandings else { return function }
            return FunctionRewriting.rewrite(function) { rewriting, instruction in
                guard instruction.operation == .callRuntime,
                    instruction.immediate == RuntimeFunction.throwReference.rawValue,
                    rewriting.definition(of: rewriting.operand(0, of: instruction))?.operation != .callRuntime
                else { return instruction }
                let storeState = Int64(InstanceContextLayout.storeState)
                let exception = Int64(InstanceContextLayout.StoreState.exception)
                let state = rewriting.make(.loadContext, .i64, immediate: storeState, before: instruction)
                let last = rewriting.make(.load(.full), .reference, state, immediate: exception, before: instruction)
                return rewriting.change(instruction, last)
            }
        }
    }
}

extension PipelineConfiguration {
    /// Changes from where handlers load what exceptions carry.
    /// - Parameter change: gets the type, and the offset from the first value.
    fileprivate mutating func changePayloadLoads(_ change: @escaping @Sendable (IRType, Int64) -> Int64) {
        let first = Int64(InstanceContextLayout.ExceptionRecord.firstValue)
        rewriteTranslation { function in
            guard function.hasLandings else { return function }
            return FunctionRewriting.rewrite(function) { rewriting, instruction in
                guard instruction.operation == .load(.full), instruction.immediate >= first,
                    function.type(of: rewriting.operand(0, of: instruction)) == .reference
                else { return instruction }
                var changed = instruction
                changed.immediate = first + change(instruction.type, instruction.immediate - first)
                return changed
            }
        }
    }
}

/// What a handler compares to find out whether a clause is for an exception.
private struct Clause: Hashable {
    /// The identity of the exception's tag.
    var tag: Value
    /// The field of the context that holds the identity of the clause's tag.
    var field: Int64
}

extension IRFunction {
    fileprivate var hasLandings: Bool { instructions.contains { $0.operation == .landingPad } }

    /// Rewrites the comparisons that may be those of clauses.
    /// - Parameter rule: gives what becomes of one; nil where it stays.
    fileprivate func rewritingClauses(
        _ rule: (Clause, inout FunctionRewriting, InstructionRecord) -> InstructionRecord?
    ) -> IRFunction {
        FunctionRewriting.rewrite(self) { rewriting, instruction in
            guard instruction.operation == .compare(.equal), instruction.type == .i64 else { return instruction }
            let (tag, expected) = rewriting.operands(of: instruction)
            guard let field = rewriting.definition(of: expected), field.operation == .loadContext else {
                return instruction
            }
            return rule(Clause(tag: tag, field: field.immediate), &rewriting, instruction) ?? instruction
        }
    }
}
