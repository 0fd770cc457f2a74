import RegisterAllocation
import Testing

/// A machine of registers of two words and memory areas of 8-byte units.
private struct MoveMachine {
    var words: [MovePlace: UInt64] = [:]
    var highWords: [PhysicalRegister: UInt64] = [:]

    func read(_ place: MovePlace, _ kind: VirtualRegisterKind) -> [UInt64] {
        switch place {
        case .register(let register):
            return kind == .vector ? [words[place] ?? 0, highWords[register] ?? 0] : [words[place] ?? 0]
        case .memory(let area, let offset):
            let low = words[place] ?? 0
            return kind == .vector ? [low, words[.memory(area, offset: offset + 8)] ?? 0] : [low]
        }
    }

    mutating func write(_ values: [UInt64], _ place: MovePlace) {
        words[place] = values[0]
        switch place {
        case .register(let register): highWords[register] = values.count > 1 ? values[1] : nil
        case .memory(let area, let offset):
            if values.count > 1 { words[.memory(area, offset: offset + 8)] = values[1] }
        }
    }
}

@Suite struct ParallelMoveTests {
    private let scratch = [i(31), v(31)]

    private func randomPlace(_ kind: VirtualRegisterKind, _ random: inout SeededGenerator, _ size: Int) -> MovePlace {
        if random.oneIn(2) {
            return .register(PhysicalRegister(kind.registerClass, UInt8(random.below(min(size, 30)))))
        }
        let areas: [MoveArea] = [.spill, .spill, .incomingArguments, .outgoingArguments]
        let unit = random.below(size)
        let offset = UInt32(kind == .vector ? unit / 2 * 16 : unit * 8)
        return .memory(areas[random.below(4)], offset: offset)
    }

    private func units(_ place: MovePlace, _ kind: VirtualRegisterKind) -> [MovePlace] {
        switch place {
        case .register: [place]
        case .memory(let area, let offset):
            kind == .vector ? [place, .memory(area, offset: offset + 8)] : [place]
        }
    }

    private func randomMoves(_ random: inout SeededGenerator) -> [ParallelMove] {
        let size = 2 + random.below(8)
        let kinds: [VirtualRegisterKind] = random.oneIn(3) ? [.integer] : [.integer, .float, .vector]
        var written: Set<MovePlace> = []
        var moves: [ParallelMove] = []
        for _ in 0..<random.below(24) {
            let kind = kinds[random.below(kinds.count)]
            let destination = randomPlace(kind, &random, size)
            let destinationUnits = units(destination, kind)
            if destinationUnits.contains(where: written.contains) { continue }
            written.formUnion(destinationUnits)
            moves.append(ParallelMove(from: randomPlace(kind, &random, size), to: destination, kind: kind))
        }
        return moves
    }

    private func initialMachine() -> MoveMachine {
        var machine = MoveMachine()
        var word: UInt64 = 1
        for number in 0..<64 {
            let register = PhysicalRegister(number: UInt8(number))
            machine.words[.register(register)] = word
            machine.highWords[register] = word + 1
            word += 2
        }
        for area in MoveArea.allCases {
            for unit in 0..<16 {
                machine.words[.memory(area, offset: UInt32(unit * 8))] = word
                word += 1
            }
        }
        return machine
    }

    /// What is wrong with a sequence, if anything.
    private func fault(of sequence: MoveSequence, for moves: [ParallelMove]) -> String? {
        let before = initialMachine()
        var machine = before
        for move in sequence.moves {
            if move.source.isMemory && move.destination.isMemory { return "moves memory to memory" }
            for case .memory(.temporary, let offset) in [move.source, move.destination]
            where Int(offset) >= sequence.temporaryCount * 16 { return "exceeds the temporary memory" }
            machine.write(machine.read(move.source, move.kind), move.destination)
        }
        var written: Set<MovePlace> = Set(scratch.map { .register($0) })
        for move in moves {
            if machine.read(move.destination, move.kind) != before.read(move.source, move.kind) {
                return "\(move.destination) did not receive \(move.source)"
            }
            written.formUnion(units(move.destination, move.kind))
        }
        for (place, word) in before.words where !written.contains(place) && machine.words[place] != word {
            if case .memory(.temporary, _) = place { continue }
            return "\(place) was overwritten"
        }
        return nil
    }

    @Test func `random moves one after another have the effect of the moves at the same time`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<4000 {
            let moves = randomMoves(&random)
            let sequence = ParallelMoveResolver.standard.resolve(moves, scratch)
            let fault = fault(of: sequence, for: moves)
            #expect(fault == nil, "\(moves)")
            if fault != nil { return }
        }
    }

    @Test func `the judge of sequences rejects moves in the order of the list`() {
        var random = SeededGenerator(seed: 2)
        var rejected = 0
        for _ in 0..<200 {
            let moves = randomMoves(&random)
            if fault(of: MoveSequence(moves: moves), for: moves) != nil { rejected += 1 }
        }
        #expect(rejected > 100)
    }

    @Test func `an exchange of two registers goes through the scratch register of their class`() {
        let moves = [
            ParallelMove(from: .register(i(0)), to: .register(i(1)), kind: .integer),
            ParallelMove(from: .register(i(1)), to: .register(i(0)), kind: .integer),
            ParallelMove(from: .register(v(0)), to: .register(v(1)), kind: .vector),
            ParallelMove(from: .register(v(1)), to: .register(v(0)), kind: .vector),
        ]
        let sequence = ParallelMoveResolver.standard.resolve(moves, scratch)
        #expect(sequence.temporaryCount == 0)
        #expect(sequence.moves.count == 6)
        #expect(fault(of: sequence, for: moves) == nil)
    }

    @Test func `an exchange of two slots goes through one temporary`() {
        let moves = [
            ParallelMove(from: .slot(0), to: .slot(1), kind: .integer),
            ParallelMove(from: .slot(1), to: .slot(0), kind: .integer),
        ]
        let sequence = ParallelMoveResolver.standard.resolve(moves, scratch)
        #expect(sequence.temporaryCount == 1)
        #expect(fault(of: sequence, for: moves) == nil)
    }

    @Test func `a 128-bit slot is not overwritten while either of its halves is still to be read`() {
        let moves = [
            ParallelMove(from: .slot(4), to: .slot(0), kind: .vector),
            ParallelMove(from: .slot(1), to: .slot(4), kind: .integer),
            ParallelMove(from: .slot(0), to: .slot(5), kind: .float),
        ]
        let sequence = ParallelMoveResolver.standard.resolve(moves, scratch)
        #expect(fault(of: sequence, for: moves) == nil)
    }

    @Test func `a move from a place to itself needs nothing`() {
        let moves = [ParallelMove(from: .slot(3), to: .slot(3), kind: .integer)]
        #expect(ParallelMoveResolver.standard.resolve(moves, scratch).moves.isEmpty)
    }

    @Test func `a rotation of many slots takes two steps for each and one temporary`() {
        let count = 10_000
        let moves = (0..<count).map {
            ParallelMove(from: .slot(UInt32($0)), to: .slot(UInt32(($0 + 1) % count)), kind: .integer)
        }
        let sequence = ParallelMoveResolver.standard.resolve(moves, scratch)
        #expect(sequence.moves.count == 2 * count + 2)
        #expect(sequence.temporaryCount == 1)
    }
}
