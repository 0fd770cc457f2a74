import SSA

extension Specimen {
    /// Rules that are wrong for special operands.
    static let optimisations = foldings + forwardings

    private static let foldings = [
        dividedByShifting, maskedRemainder, zeroAdded, negatedFloatComparison, joinedShifts, nextBound,
        subtractedItself,
    ]

    /// Rounds towards minus infinity instead of towards zero.
    static let dividedByShifting = Specimen(
        "divided-by-shifting",
        trigger: "a negative i32 that is divided by a constant power of two, and leaves a remainder",
        mechanism: "a signed division by a power of two becomes an arithmetic shift"
    ) { pipeline in
        pipeline.addRule(to: .algebraicSimplification) { rewriting, instruction in
            guard instruction.operation == .divideSigned, instruction.type == .i32 else { return instruction }
            let (left, right) = rewriting.operands(of: instruction)
            guard let divisor = rewriting.powerOfTwo(right) else { return instruction }
            let shift = Int64(divisor.trailingZeroBitCount)
            let amount = rewriting.makeConstant(.i32, shift, before: instruction)
            return rewriting.change(instruction, to: .shiftRightSigned, left, amount)
        }
    }

    /// What is left of a negative number is not negative.
    static let maskedRemainder = Specimen(
        "masked-remainder",
        trigger: "i64.rem_s of a negative number by a constant power of two",
        mechanism: "a signed remainder by a power of two becomes a mask, as an unsigned one does"
    ) { pipeline in
        pipeline.addRule(to: .algebraicSimplification) { rewriting, instruction in
            guard instruction.operation == .remainderSigned, instruction.type == .i64 else { return instruction }
            let (left, right) = rewriting.operands(of: instruction)
            guard let divisor = rewriting.powerOfTwo(right) else { return instruction }
            let mask = rewriting.makeConstant(.i64, divisor - 1, before: instruction)
            return rewriting.change(instruction, to: .and, left, mask)
        }
    }

    /// -0 + 0 is 0.
    static let zeroAdded = Specimen(
        "zero-added",
        trigger: "f64.add of -0 and the constant 0",
        mechanism: "the sum with a zero of whatever sign is the other operand"
    ) { pipeline in
        pipeline.addRule(to: .algebraicSimplification) { rewriting, instruction in
            guard instruction.operation == .floatAdd, instruction.type == .f64 else { return instruction }
            let (left, right) = rewriting.operands(of: instruction)
            return rewriting.constant(right) == 0 ? rewriting.replace(instruction, by: left) : instruction
        }
    }

    /// What is neither less nor greater nor equal makes the difference.
    static let negatedFloatComparison = Specimen(
        "negated-float-comparison",
        trigger: "i32.eqz of an f32 or f64 \"less\" with a NaN",
        mechanism: "\"not less\" becomes \"greater or equal\" for floats as for integers"
    ) { pipeline in
        pipeline.addRule(to: .algebraicSimplification) { rewriting, instruction in
            guard instruction.operation == .compare(.equal), instruction.type == .i32 else { return instruction }
            let (left, right) = rewriting.operands(of: instruction)
            guard rewriting.constant(right) == 0, let inner = rewriting.definition(of: left),
                inner.operation == .floatCompare(.less)
            else { return instruction }
            let (one, other) = rewriting.operands(of: inner)
            var changed = rewriting.change(instruction, to: .floatCompare(.greaterOrEqual), one, other)
            changed.type = inner.type
            return changed
        }
    }

    /// The sum of the amounts is taken modulo the width again.
    static let joinedShifts = Specimen(
        "joined-shifts",
        trigger: "two shifts to the left by constants that are the width together, or more",
        mechanism: "(x << a) << b becomes x << (a + b), whatever the sum"
    ) { pipeline in
        pipeline.addRule(to: .algebraicSimplification) { rewriting, instruction in
            guard instruction.operation == .shiftLeft else { return instruction }
            let (left, right) = rewriting.operands(of: instruction)
            let mask: Int64 = instruction.type == .i32 ? 31 : 63
            guard let amount = rewriting.constant(right), let inner = rewriting.definition(of: left),
                inner.operation == .shiftLeft,
                let innerAmount = rewriting.constant(rewriting.operand(1, of: inner))
            else { return instruction }
            let bits = (amount & mask) + (innerAmount & mask)
            let sum = rewriting.makeConstant(instruction.type, bits, before: instruction)
            return rewriting.change(instruction, rewriting.operand(0, of: inner), sum)
        }
    }

    /// There is no number above the greatest.
    static let nextBound = Specimen(
        "next-bound",
        trigger: "i32.le_s with the constant 2147483647",
        mechanism: "x <= c becomes x < c + 1, which wraps for the greatest number"
    ) { pipeline in
        pipeline.addRule(to: .algebraicSimplification) { rewriting, instruction in
            guard instruction.operation == .compare(.lessOrEqualSigned), instruction.type == .i32 else {
                return instruction
            }
            let (left, right) = rewriting.operands(of: instruction)
            guard let bound = rewriting.constant(right) else { return instruction }
            let next = Int64(Int32(truncatingIfNeeded: bound &+ 1))
            let above = rewriting.makeConstant(.i32, next, before: instruction)
            return rewriting.change(instruction, to: .compare(.lessSigned), left, above)
        }
    }

    /// Infinity minus infinity, and anything with a NaN, is a NaN.
    static let subtractedItself = Specimen(
        "subtracted-itself",
        trigger: "f64.sub of an infinity or a NaN and itself",
        mechanism: "x - x is 0 for floats as for integers"
    ) { pipeline in
        pipeline.addRule(to: .algebraicSimplification) { rewriting, instruction in
            guard instruction.operation == .floatSubtract, instruction.type == .f64 else { return instruction }
            let (left, right) = rewriting.operands(of: instruction)
            guard left == right else { return instruction }
            let zero = rewriting.makeConstant(.f64, 0, before: instruction)
            return rewriting.replace(instruction, by: zero)
        }
    }
}
