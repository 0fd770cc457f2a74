import WasmModel

/// How the functions of the host that a module defines note their calls.
enum CallLogCode {
    /// Nobody can ask for a log.
    case none
    /// In the memory of the carriage.
    case memory(CarriageMemory)
    /// By a function that mixes a number into a digest of all calls.
    case digest(mix: FunctionIndex)

    /// Writes what notes a call; the arguments are the first locals.
    func write(
        _ bound: CarriedModule.BoundFunction,
        _ carried: CarriedModule,
        _ code: inout CodeWriter
    ) throws(CarriageObstacle) {
        let parameters = bound.function.type.parameters
        let ordinal = bound.function.importOrdinal
        switch self {
        case .none: throw CarriageObstacle("calls of imported functions have no place to be noted in")
        case .memory(let memory):
            guard let reserve = memory.reserve else { return }
            let base = code.addLocal(.i32)
            let slot = CarriageLayout.slotSize
            code.number((1 + parameters.count) * slot)
            code.call(reserve)
            code.emit(.localTee, .local(LocalIndex(base)))
            code.number(0)
            code.emit(.i32GeS)
            code.emit(.if, .block(.empty))
            let start = memory.layout.growth
            memory.storeNumber(ordinal, .local(base), offset: start, &code)
            for (position, type) in parameters.enumerated() {
                memory.store(position, type, .local(base), offset: start + (1 + position) * slot, carried, &code)
            }
            code.emit(.end)
        case .digest(let mix):
            code.wideNumber(UInt64(ordinal))
            code.call(mix)
            for (position, type) in parameters.enumerated() {
                carried.writeDigest(ofLocal: position, type, mix: mix, &code)
            }
        }
    }

    /// Notes that a function traps because it has no value to answer with.
    func writeMissing(_ code: inout CodeWriter) {
        switch self {
        case .none, .digest: break
        case .memory(let memory):
            code.number(0)
            code.access(
                .i32Load,
                memory.index,
                offset: CarriageLayout.Word.currentRecord.rawValue,
                alignment: 2
            )
            code.number(Int(CarriageStatus.noHostValue))
            code.access(.i32Store, memory.index, offset: 0, alignment: 2)
        }
    }
}

extension CarriedModule {
    /// Mixes a local into a digest: a vector as its halves, a reference as its code.
    func writeDigest(ofLocal local: Int, _ type: ValueType, mix: FunctionIndex, _ code: inout CodeWriter) {
        code.get(local)
        switch type {
        case .i32, .i64, .f32, .f64: code.widen(type)
        case .v128:
            code.emit(.i64x2ExtractLane, .lane(0))
            code.call(mix)
            code.get(local)
            code.emit(.i64x2ExtractLane, .lane(1))
        case .reference(let reference): writeCode(of: reference, &code)
        }
        code.call(mix)
    }
}
