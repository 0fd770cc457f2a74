import WasmModel

/// Loops that move many values at once, and loops in each other in which many values are in use.
extension ProgramBuilder {
    /// How the values of a loop move from round to round.
    private enum Movement: CaseIterable {
        case down, up, around, back, reversed, swapped, anyhow
    }

    private static let numbersOfMoved = [4, 5, 8, 3, 2, 6, 9, 12, 16, 17, 33]

    /// A loop of a few rounds whose locals take each other's values, all at once or one after the other.
    mutating func movingLoop() {
        let type = decisions.choose(from: types)
        let count = decisions.choose(from: Self.numbersOfMoved)
        let locals = differentLocals(count, type)
        let movement = decisions.choose(from: Movement.allCases)
        let sources = (0..<count).map { position in
            switch movement {
            case .down: min(position + 1, count - 1)
            case .up: max(position - 1, 0)
            case .around: (position + 1) % count
            case .back: (position + count - 1) % count
            case .reversed: count - 1 - position
            case .swapped: position ^ 1 < count ? position ^ 1 : position
            case .anyhow: decisions.choose(count)
            }
        }
        let isAtOnce = !decisions.oneIn(3)
        let putsNew = decisions.oneIn(2)
        rounds(2 + decisions.choose(6)) { builder in
            if isAtOnce {
                for source in sources { builder.emit(.localGet, .local(locals[source])) }
                for local in locals.reversed() { builder.emit(.localSet, .local(local)) }
            } else {
                for (position, source) in sources.enumerated() where position != source {
                    builder.emit(.localGet, .local(locals[source]))
                    builder.emit(.localSet, .local(locals[position]))
                }
            }
            guard putsNew else { return }
            builder.variable(type)
            builder.emit(.localSet, .local(builder.decisions.oneIn(2) ? locals[0] : locals[count - 1]))
        }
        absorb(locals, type)
    }

    /// Around as many as there are registers of a class for it, on either machine.
    private static let numbersOfBusy = [14, 13, 12, 15, 11, 16, 10, 8, 26, 27, 28, 29, 30, 31, 32]

    /// Two loops in each other, or three, in the innermost of which many values are used that stay the same, and around which others are computed
    /// of these.
    mutating func busyLoops() {
        let type = decisions.choose(from: [ValueType.f64, .i64] + types)
        let operations = Self.twoOperands(type)
        let values = differentLocals(decisions.choose(from: Self.numbersOfBusy), type)
        let sum = takeLocal(type)
        let changesValues = decisions.oneIn(4)
        seldomUsed(values, type)
        loops(1 + decisions.choose(2)) { builder in
            for value in values {
                builder.emit(.localGet, .local(sum))
                builder.emit(.localGet, .local(value))
                builder.emit(builder.decisions.choose(from: operations))
                builder.emit(.localSet, .local(sum))
                guard changesValues, builder.decisions.oneIn(4) else { continue }
                builder.emit(.localGet, .local(value))
                builder.emit(.localGet, .local(sum))
                builder.emit(operations[0])
                builder.emit(.localSet, .local(value))
            }
        } around: { builder in
            builder.seldomUsed(values, type)
        }
        absorb([sum] + (changesValues ? values : []), type)
    }

    /// So many loops around another one.
    private mutating func loops(
        _ count: Int,
        _ content: (inout ProgramBuilder) -> Void,
        around: (inout ProgramBuilder) -> Void
    ) {
        rounds(2) { builder in
            if builder.decisions.oneIn(2) { around(&builder) }
            if count > 0 {
                builder.loops(count - 1, content, around: around)
            } else {
                content(&builder)
            }
            if builder.decisions.oneIn(2) { around(&builder) }
        }
    }

    /// Combines two of the values, and keeps the result in a global.
    private mutating func seldomUsed(_ values: [LocalIndex], _ type: ValueType) {
        let first = values[decisions.choose(values.count)]
        let second = values[decisions.choose(values.count)]
        emit(.localGet, .local(first))
        emit(.localGet, .local(second))
        emit(decisions.choose(from: Self.twoOperands(type)))
        stack.append(type)
        absorbTop()
    }

    /// Instructions of two operands, of which the first is often where the result comes to.
    private static func twoOperands(_ type: ValueType) -> [Opcode] {
        switch type {
        case .i32, .reference: [.i32Add, .i32Sub, .i32Xor, .i32Mul]
        case .i64: [.i64Add, .i64Sub, .i64Xor, .i64Mul]
        case .f32: [.f32Add, .f32Sub, .f32Mul]
        case .f64: [.f64Add, .f64Sub, .f64Mul]
        case .v128: [.i64x2Add, .i32x4Sub, .v128Xor]
        }
    }

    /// A loop of so many rounds, in which the stack stays as it is.
    private mutating func rounds(_ count: Int, _ content: (inout ProgramBuilder) -> Void) {
        let counter = takeLocal(.i32)
        number(Int64(count), .i32)
        emit(.localSet, .local(counter))
        let outer = open(.loop, results: [])
        content(&self)
        countDown(counter)
        emit(.brIf, .label(0))
        close([], outer)
    }

    /// Locals of a type with different values, which compilers do not know.
    private mutating func differentLocals(_ count: Int, _ type: ValueType) -> [LocalIndex] {
        (0..<count).map { position in
            let local = takeLocal(type)
            variable(type)
            if position > 0 {
                distinctConstant(position, type)
                emit(Self.twoOperands(type)[0])
            }
            emit(.localSet, .local(local))
            return local
        }
    }

    /// Lets the values of locals be seen.
    private mutating func absorb(_ locals: [LocalIndex], _ type: ValueType) {
        for local in locals {
            emit(.localGet, .local(local))
            stack.append(type)
            absorbTop()
        }
    }
}
