import WasmModel

/// Shortens data and element segments from one end, by bisection to the exact number; what is left of an active one stays at its place.
struct ShortenSegments: ReductionPass {
    /// Which end is shortened.
    enum End {
        case front, back
    }

    let end: End
    let name: String
    let walk = ReductionWalk.tail

    init(_ end: End) {
        self.end = end
        name = end == .front ? "fronts of segments" : "ends of segments"
    }

    /// Data segments first. Of a front the parts are numbered from the back.
    func listSizes(of subject: DecodedCase) -> [Int] {
        subject.module.data.map(\.bytes.count) + subject.module.elements.map(\.items.count)
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        let dataCount = subject.module.data.count
        if list < dataCount {
            let segment = subject.module.data[list]
            var mode = segment.mode
            if end == .front, case .active(let memory, let offset) = mode {
                guard let moved = Self.moved(offset, by: range.count) else { return nil }
                mode = .active(memory, offset: moved)
            }
            simpler.module.data[list] = DataSegment(bytes: kept(segment.bytes, range), mode: mode)
            return simpler
        }
        let segment = subject.module.elements[list - dataCount]
        var mode = segment.mode
        if end == .front, case .active(let table, let offset) = mode {
            guard let moved = Self.moved(offset, by: range.count) else { return nil }
            mode = .active(table, offset: moved)
        }
        let items: ElementItems =
            switch segment.items {
            case .functions(let functions): .functions(kept(functions, range))
            case .expressions(let expressions): .expressions(kept(expressions, range))
            }
        simpler.module.elements[list - dataCount] = ElementSegment(type: segment.type, items: items, mode: mode)
        return simpler
    }

    private func kept<Item>(_ items: [Item], _ range: Range<Int>) -> [Item] {
        switch end {
        case .front: Array(items.suffix(range.lowerBound))
        case .back: Array(items.prefix(range.lowerBound))
        }
    }

    /// A constant offset that is greater by a count; nil for one that is computed.
    private static func moved(_ offset: Expression, by count: Int) -> Expression? {
        guard offset.count == 2, let constant = offset.first else { return nil }
        switch constant.immediate {
        case .i32(let value):
            return [Instruction(.i32Const, .i32(value &+ Int32(truncatingIfNeeded: count))), offset[1]]
        case .i64(let value): return [Instruction(.i64Const, .i64(value &+ Int64(count))), offset[1]]
        default: return nil
        }
    }
}
