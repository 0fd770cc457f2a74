import WasmModel

extension Boundary {
    /// The limits that a boundary fits, computed from where it is: an index of so many bits, the reach of an offset, the last register, a public
    /// limit. What fits need not be the cause.
    ///
    /// Source: Intel SDM, volume 2, table 2-2 (displacements); Arm ARM, `LDR`, `LDP` (immediate offsets); System V ABI for AMD64, section 3.2.3,
    /// and AAPCS64, section 6.8.2 (registers of arguments).
    /// - Parameter types: the list at the first failing arity, where it is one of a signature.
    public func hypotheses(for types: [ValueType]) -> [String] {
        guard let lastGood, exceptions.isEmpty else { return [] }
        guard variable.isOfSignatures else { return indexHypotheses + frameHypotheses }
        guard types.count >= firstBad else { return frameHypotheses }
        let list = types.prefix(firstBad)
        return indexHypotheses + frameHypotheses + registerHypotheses(Array(list)) + offsetHypotheses(Array(list))
            + (lastGood == Self.publicLimit ? ["the public limit of 1000"] : [])
    }

    /// Of parameters and results, in browsers and in others.
    private static let publicLimit = 1000

    /// The last of so many values has the first number that an index does not hold, where it has a few operands beside it.
    private var indexHypotheses: [String] {
        [7, 8, 12, 15, 16].compactMap { bits in
            let beside = (1 << bits) + 1 - firstBad
            guard (0...4).contains(beside) else { return nil }
            let others = beside == 0 ? "" : ", with \(beside.counted("operand")) beside the \(variable.noun)"
            return "an index of \(bits) bits\(others)"
        }
    }

    /// How many integers and floats are in registers by the conventions of the two machines.
    private static let conventions = [(integers: 6, floats: 8), (integers: 8, floats: 8)]

    private static func isInteger(_ type: ValueType) -> Bool {
        switch type {
        case .i32, .i64, .reference: true
        case .f32, .f64, .v128: false
        }
    }

    /// How many of a list are in registers.
    private static func registerCount(_ list: [ValueType], _ convention: (integers: Int, floats: Int)) -> Int {
        let integers = list.count(where: isInteger)
        return min(integers, convention.integers) + min(list.count - integers, convention.floats)
    }

    private func registerHypotheses(_ list: [ValueType]) -> [String] {
        var texts: [String] = []
        for convention in Self.conventions {
            let isInMemory = Self.registerCount(list, convention) == list.count - 1
            guard isInMemory, Self.registerCount(Array(list.dropLast()), convention) == list.count - 1 else { continue }
            let kind =
                Self.isInteger(list[list.count - 1])
                ? "integers, of which \(convention.integers)" : "floats, of which \(convention.floats)"
            texts.append("the first value in memory: one more than the registers (\(kind) are in registers)")
        }
        return texts
    }

    /// What an offset reaches, in bytes.
    private static let reaches: [(bytes: Int, text: String)] = [
        (128, "a displacement of 8 bits with a sign"), (256, "an offset of 8 bits, or of 9 bits with a sign"),
        (512, "a pair of 8-byte registers, 7 bits scaled"), (1024, "a pair of 16-byte registers, 7 bits scaled"),
        (4096, "an offset of 12 bits, or a page"), (32768, "12 bits scaled by 8, or 16 bits with a sign"),
        (65536, "12 bits scaled by 16, or 16 bits"),
    ]

    /// The largest frame ends within what an offset reaches on one side, and beyond on the other.
    private var frameHypotheses: [String] {
        guard let frames, let firstBad = frames.firstBad else { return [] }
        return Self.reaches.filter { frames.lastGood <= $0.bytes && $0.bytes < firstBad }.map { reach in
            "a frame beyond \(reach.bytes) bytes, of \(firstBad) after \(frames.lastGood): \(reach.text)"
        }
    }

    /// The last of the values lies where an offset ends, in slots of 8 bytes, or of 16 for vectors, behind those in registers or without such.
    private func offsetHypotheses(_ list: [ValueType]) -> [String] {
        let slot = list.allSatisfy { $0 == .v128 } ? 16 : 8
        if slot == 8, list.contains(.v128) { return [] }
        let inRegisters = Set([0] + Self.conventions.map { Self.registerCount(list, $0) }).sorted()
        return Self.reaches.flatMap { reach in
            inRegisters.filter { (list.count - 1 - $0) * slot == reach.bytes }.map { registers in
                "the offset \(reach.bytes) in slots of \(slot) bytes, \(registers) values being in registers: \(reach.text)"
            }
        }
    }
}
