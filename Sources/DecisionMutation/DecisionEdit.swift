import WasmGenerator

/// One change of a traced input.
struct DecisionEdit {
    /// The input as it is so far.
    private(set) var trace: DecisionTrace
    private var random: SplitMix64
    private let make: (inout DecisionSource) -> Void

    init(_ trace: DecisionTrace, _ seed: UInt64, _ make: @escaping (inout DecisionSource) -> Void) {
        self.trace = trace
        random = SplitMix64(seed: seed)
        self.make = make
    }

    // MARK: Changes

    /// Makes a change that chance takes.
    /// - Returns: whether there is something to change in this way.
    mutating func change() -> Bool {
        switch Int.random(in: 0..<16, using: &random) {
        case 0..<5: setChoice()
        case 5, 6: setArity()
        case 7, 8: insert()
        case 9, 10: remove()
        case 11: duplicate()
        case 12: exchange()
        case 13: move()
        case 14: take(from: trace)
        default: takeTail(from: trace)
        }
    }

    /// Takes another alternative of one choice.
    mutating func setChoice() -> Bool {
        guard let choice = trace.choices.randomElement(using: &random) else { return false }
        let value = (choice.value + Int.random(in: 1..<choice.count, using: &random)) % choice.count
        let bytes = choice.range.reversed().enumerated().map { UInt8(truncatingIfNeeded: value >> ($0.offset * 8)) }
        return place(bytes.reversed(), over: choice.range, within: choice.span.map { trace.spans[$0] })
    }

    /// Puts the length of a list at a boundary, often the next one.
    mutating func setArity() -> Bool {
        guard let span = span(named: .arity) else { return false }
        let present = trace.choices.filter { span.range.contains($0.range.lowerBound) }.map(\.value)
        let bytes = ArityBoundary.decisions(besides: present, by: &random)
        return place(bytes, over: span.range, within: span)
    }

    /// Puts an element that chance makes into a list.
    mutating func insert() -> Bool {
        guard let position = position(of: .instruction) else { return false }
        let bytes = (0..<Self.bytesToInsert).map { _ in UInt8.random(in: 0...255, using: &random) }
        // The lists in it end behind its own bytes.
        let ends = [UInt8](repeating: 0, count: Self.bytesToInsert)
        return place(bytes + ends, over: position..<position, within: .instruction, at: position)
    }

    /// More than an instruction has without those in it.
    private static let bytesToInsert = 24

    /// Takes an element out of its list.
    mutating func remove() -> Bool {
        guard let index = element() else { return false }
        replace(ranges(of: index).map { ($0, []) })
        return true
    }

    /// Has an element twice, one behind the other.
    mutating func duplicate() -> Bool {
        guard let index = element() else { return false }
        replace(ranges(of: index).map { ($0.upperBound..<$0.upperBound, Array(trace.bytes[$0])) })
        return true
    }

    /// Has two parts of the same name change places.
    mutating func exchange() -> Bool {
        guard let one = span(), let other = span(named: one.name), !one.range.overlaps(other.range) else {
            return false
        }
        let (first, second) = one.range.lowerBound < other.range.lowerBound ? (one, other) : (other, one)
        let (firstBytes, secondBytes) = (trace.bytes[first.range], trace.bytes[second.range])
        // The last one first, as all positions before it stay.
        return place(Array(firstBytes), over: second.range, within: second)
            && place(Array(secondBytes), over: first.range, within: first)
    }

    /// Puts an element elsewhere, into a list of the same kind.
    mutating func move() -> Bool {
        guard let index = element() else { return false }
        let span = trace.spans[index]
        if span.name == .signature { return false }
        let bytes = Array(trace.bytes[span.range])
        replace([(span.range, [])])
        guard let position = position(of: span.name) else { return false }
        return place(bytes, over: position..<position, within: span.name, at: position)
    }

    /// Takes a part of a trace, in the place of one of the same name or, where these stand in lists, also beside it.
    mutating func take(from donor: DecisionTrace) -> Bool {
        if Int.random(in: 0..<4, using: &random) == 0, takeTail(from: donor) { return true }
        guard let taken = span(of: donor), let present = span(named: taken.name) else { return false }
        let bytes = Array(donor.bytes[taken.range])
        if !taken.name.isElement || taken.name == .signature {
            return place(bytes, over: present.range, within: present)
        }
        let start = present.range.lowerBound
        let end = Bool.random(using: &random) ? start : present.range.upperBound
        return place(bytes, over: start..<end, within: taken.name, at: start)
    }

    /// Has a list of instructions go on as one of a trace does.
    mutating func takeTail(from donor: DecisionTrace) -> Bool {
        let instructions = { (trace: DecisionTrace) in trace.spans.filter { $0.name == .instruction } }
        guard let taken = instructions(donor).randomElement(using: &random),
            let present = instructions(trace).randomElement(using: &random),
            let end = taken.parent.map({ donor.spans[$0].range.upperBound }),
            let list = present.parent.map({ trace.spans[$0] })
        else { return false }
        let bytes = Array(donor.bytes[taken.range.lowerBound..<end])
        return place(bytes, over: present.range.lowerBound..<list.range.upperBound, within: list)
    }

    // MARK: Parts

    /// One of the spans: in every second case all are alike, in the others all names that occur are.
    private mutating func span() -> DecisionSpan? { span(of: trace) }

    private mutating func span(of trace: DecisionTrace) -> DecisionSpan? {
        guard let span = trace.spans.randomElement(using: &random), Bool.random(using: &random) else {
            let names = DecisionSpan.Name.allCases.filter { name in trace.spans.contains { $0.name == name } }
            guard let name = names.randomElement(using: &random) else { return nil }
            return trace.spans.filter { $0.name == name }.randomElement(using: &random)
        }
        return span
    }

    private mutating func span(named name: DecisionSpan.Name) -> DecisionSpan? {
        trace.spans.filter { $0.name == name }.randomElement(using: &random)
    }

    /// The index of an element of a list: seldom a signature, although there are few.
    private mutating func element() -> Int? {
        let elements = trace.spans.indices.filter { trace.spans[$0].name.isElement }
        let rare = elements.filter { trace.spans[$0].name != .instruction }
        return (Int.random(in: 0..<6, using: &random) == 0 && !rare.isEmpty ? rare : elements)
            .randomElement(using: &random)
    }

    /// A place in a list for an element of the name: before one, or before the end.
    private mutating func position(of name: DecisionSpan.Name) -> Int? {
        var positions = trace.spans.filter { $0.name == name }.map(\.range.lowerBound)
        if name == .instruction {
            positions += trace.spans.filter { $0.name == .list }.map { $0.range.upperBound - 1 }
        }
        return positions.randomElement(using: &random)
    }

    /// Where an element is: a function is its signature and its body.
    private func ranges(of index: Int) -> [Range<Int>] {
        let span = trace.spans[index]
        guard span.name == .signature else { return [span.range] }
        let number = trace.spans[..<index].count { $0.name == .signature }
        let bodies = trace.spans.filter { $0.name == .function }
        return [span.range] + (number < bodies.count ? [bodies[number].range] : [])
    }

    // MARK: Bytes

    private mutating func replace(_ changes: [(range: Range<Int>, bytes: [UInt8])]) {
        var bytes = trace.bytes
        for change in changes.reversed() { bytes.replaceSubrange(change.range, with: change.bytes) }
        trace = trace.retraced(bytes, make)
    }

    private mutating func place(_ bytes: [UInt8], over range: Range<Int>, within span: DecisionSpan?) -> Bool {
        guard let span else {
            replace([(range, bytes)])
            return true
        }
        return place(bytes, over: range, within: span.name, at: span.range.lowerBound, end: span.range.upperBound)
    }

    /// Puts bytes in the place of others. What comes behind the span stays behind it, whatever the span uses now.
    private mutating func place(
        _ bytes: [UInt8],
        over range: Range<Int>,
        within name: DecisionSpan.Name,
        at start: Int,
        end: Int? = nil
    ) -> Bool {
        let rest = trace.bytes[(end ?? range.upperBound)...]
        var bytes = bytes
        // In a list that is shorter on average fewer bytes say that an element is there.
        if name.isElement, range.lowerBound == start { bytes[0] = DecisionSource.mark }
        replace([(range, bytes)])
        guard let span = trace.spans.first(where: { $0.name == name && $0.range.lowerBound == start }) else {
            return false
        }
        if trace.bytes[span.range.upperBound...].prefix(rest.count) != rest {
            trace = trace.retraced(Array(trace.bytes[..<span.range.upperBound]) + rest, make)
        }
        return true
    }
}
