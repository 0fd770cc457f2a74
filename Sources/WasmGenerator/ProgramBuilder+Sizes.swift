import WasmModel

/// Much of something: values that are alive at once, and code between a branch and its target.
extension ProgramBuilder {
    /// Puts many values on the stack, which stay there across a call and what follows in the block.
    mutating func pressure() {
        let room = max(0, scale.mostInstructions - body.count) / 4
        let usual = [4, 8, 12, 14, 16, 17, 20, 31, 32, 33, 40]
        let large = ArityBoundary.upTo(min(scale.longestList, room))
        let count =
            scale != .usual && decisions.oneIn(2) ? decisions.choose(from: large) : decisions.choose(from: usual)
        let types = TypeMix.choose(from: &decisions, types: self.types).list(count: count)
        for (position, type) in types.enumerated() {
            // Different ones, and no constants, which compilers make again.
            push(type)
            switch type {
            case .i32, .i64:
                number(Int64(position) &* 0x9E37_79B9 | 1, type)
                emit(type == .i64 ? .i64Xor : .i32Xor)
            case .f32: emit(.f32Neg)
            case .f64: emit(.f64Neg)
            case .v128: emit(.v128Not)
            case .reference: break
            }
        }
        call()
    }

    /// How many stores are between a branch and its target: each is some 20 to 40 bytes of code, and the reach of branches ends at 32 KiB and
    /// 1 MiB.
    private static let numbersOfStores = [300, 600, 900, 1_300, 2_600, 3_500]

    /// An `if` around more code than conditional branches and addresses relative to an instruction reach on ARM64, which is 1 MiB: some 28
    /// bytes for each product. The constant behind it is far from the entry of its function, too.
    private mutating func veryFarBranch() {
        let factor = takeLocal(.v128)
        push(.v128)
        emit(.localSet, .local(factor))
        stack.removeLast()
        push(.v128)
        condition()
        stack.removeLast()
        let type = BlockType.type(module.addType(FunctionType(parameters: [.v128], results: [.v128])))
        emit(.if, .block(type))
        for _ in 0..<Self.numberOfProducts {
            emit(.localGet, .local(factor))
            emit(.i64x2Mul)
        }
        emit(.end)
        emit(.v128Const, .v128(V128(low: decisions.seed(), high: decisions.seed())))
        stack.append(.v128)
    }

    private static let numberOfProducts = 40_000

    /// An `if` around much code.
    mutating func farBranch() {
        if scale == .large, features.contains(.simd), decisions.oneIn(4) { return veryFarBranch() }
        let room = max(0, scale.mostInstructions - body.count) / 3
        let count = min(decisions.choose(from: scale == .large ? Self.numbersOfStores : [40, 150, 300, 600]), room)
        condition()
        emit(.if, .block(.empty))
        stack.removeLast()
        var random = SplitMix64(seed: decisions.seed())
        for position in 0..<count {
            emit(.i32Const, .i32(Int32(position * 8 % 0x7FF0)))
            emit(.i64Const, .i64(Int64(bitPattern: random.next())))
            emit(.i64Store, .memoryArgument(MemoryArgument(alignment: 3)))
        }
        emit(.end)
    }

    /// How many vectors a call of the function with the huge frame gives, and how many such calls it makes: each fills more than 64 KiB, and
    /// together they fill more than 1 MiB.
    private static let (hugeCount, hugeCalls) = (4_097, 17)

    /// Adds a function with a frame of more than a megabyte, in which the results of all calls stay until the last one returns.
    mutating func addHugeFrame() {
        guard features.contains(.simd), maximumArity >= Self.hugeCount else { return }
        let vectors = [ValueType](repeating: .v128, count: Self.hugeCount)
        let callee = addFunction(FunctionType(parameters: [.i32], results: vectors)) { builder in
            for number in 0..<Self.hugeCount {
                if number % 64 == 0 {
                    builder.emit(.localGet, .local(0))
                    builder.emit(.i32x4Splat)
                } else {
                    builder.distinctConstant(number, .v128)
                }
            }
        }
        let caller = addFunction(FunctionType(parameters: [.i32], results: [.v128])) { builder in
            for number in 0..<Self.hugeCalls {
                builder.emit(.localGet, .local(0))
                builder.number(Int64(number), .i32)
                builder.emit(.i32Add)
                builder.emit(.call, .function(FunctionIndex(callee)))
            }
            for number in 1..<Self.hugeCalls * Self.hugeCount { builder.emit(number % 3 == 0 ? .v128Xor : .i32x4Sub) }
        }
        module.exports.append(Export(name: "f\(caller)", item: .function(FunctionIndex(caller))))
    }
}
