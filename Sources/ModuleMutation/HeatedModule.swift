import WasmModel

extension Module {
    /// The module with, for a function, another one of the same parameters that calls it many times, with other arguments each time, and
    /// gives a digest of all results: calls become hot, and so does the loop that makes them, so that engines with several compilers go from one
    /// to the next meanwhile.
    ///
    /// The digest depends on the order of values, and not on the bits of NaNs but for those in vectors.
    /// - Parameters:
    ///   - name: of the new export.
    ///   - rounds: how often the function is called.
    /// - Returns: nil where the export at the position is no function.
    public func heated(exportAt position: Int, as name: String, rounds: Int) -> Module? {
        guard let export = functionExports.first(where: { $0.position == position }) else { return nil }
        var heated = self
        var writer = HeatingWriter(export.type)
        writer.write(calling: export.function, rounds: rounds)
        let index = heated.addFunction(
            FunctionType(parameters: export.type.parameters, results: [.i64]),
            locals: writer.locals,
            writer.body
        )
        heated.exports.append(Export(name: name, item: .function(index)))
        return heated
    }
}

/// Writes the body of a function that makes another one hot.
private struct HeatingWriter {
    private let type: FunctionType
    private(set) var body: [Instruction] = []

    init(_ type: FunctionType) { self.type = type }

    /// The digest, the round, and the results of a call.
    var locals: [ValueType] { [.i64, .i32] + type.results }
    private var digest: Immediate { .local(LocalIndex(type.parameters.count)) }
    private var round: Immediate { .local(LocalIndex(type.parameters.count + 1)) }
    private func result(_ position: Int) -> Immediate { .local(LocalIndex(type.parameters.count + 2 + position)) }

    private mutating func emit(_ opcode: Opcode, _ immediate: Immediate = .none) {
        body.append(Instruction(opcode, immediate))
    }

    mutating func write(calling callee: FunctionIndex, rounds: Int) {
        emit(.loop, .block(.empty))
        for (position, type) in type.parameters.enumerated() { pushArgument(position, type) }
        emit(.call, .function(callee))
        for position in type.results.indices.reversed() { emit(.localSet, result(position)) }
        for (position, type) in type.results.enumerated() { fold(position, type) }
        emit(.localGet, round)
        emit(.i32Const, .i32(1))
        emit(.i32Add)
        emit(.localTee, round)
        emit(.i32Const, .i32(Int32(clamping: rounds)))
        emit(.i32LtU)
        emit(.brIf, .label(0))
        emit(.end)
        emit(.localGet, digest)
    }

    /// The argument at a position, in the low bits of which the round is mixed.
    private mutating func pushArgument(_ position: Int, _ type: ValueType) {
        emit(.localGet, .local(LocalIndex(position)))
        switch type {
        case .i32:
            emit(.localGet, round)
            emit(.i32Xor)
        case .i64:
            emit(.localGet, round)
            emit(.i64ExtendI32U)
            emit(.i64Xor)
        case .f32:
            emit(.i32ReinterpretF32)
            emit(.localGet, round)
            emit(.i32Xor)
            emit(.f32ReinterpretI32)
        case .f64:
            emit(.i64ReinterpretF64)
            emit(.localGet, round)
            emit(.i64ExtendI32U)
            emit(.i64Xor)
            emit(.f64ReinterpretI64)
        case .v128:
            emit(.localGet, round)
            emit(.i32x4Splat)
            emit(.v128Xor)
        case .reference: break
        }
    }

    /// Mixes a result into the digest.
    private mutating func fold(_ position: Int, _ type: ValueType) {
        switch type {
        case .i32:
            emit(.localGet, result(position))
            emit(.i64ExtendI32U)
        case .i64: emit(.localGet, result(position))
        case .f32:
            emit(.i64Const, .i64(0x7FC0_0000))
            emit(.localGet, result(position))
            emit(.i32ReinterpretF32)
            emit(.i64ExtendI32U)
            selectWhereNaN(position, .f32Ne)
        case .f64:
            emit(.i64Const, .i64(0x7FF8_0000_0000_0000))
            emit(.localGet, result(position))
            emit(.i64ReinterpretF64)
            selectWhereNaN(position, .f64Ne)
        case .v128:
            for lane in [UInt8(0), 1] {
                emit(.localGet, result(position))
                emit(.i64x2ExtractLane, .lane(lane))
            }
            emit(.i64Const, .i64(29))
            emit(.i64Rotl)
            emit(.i64Xor)
        case .reference:
            emit(.localGet, result(position))
            emit(.refIsNull)
            emit(.i64ExtendI32U)
        }
        emit(.localGet, digest)
        emit(.i64Const, .i64(13))
        emit(.i64Rotl)
        emit(.i64Xor)
        emit(.localSet, digest)
    }

    /// The first of two numbers on the stack where a result differs from itself, else the second.
    private mutating func selectWhereNaN(_ position: Int, _ comparison: Opcode) {
        emit(.localGet, result(position))
        emit(.localGet, result(position))
        emit(comparison)
        emit(.select)
    }
}
