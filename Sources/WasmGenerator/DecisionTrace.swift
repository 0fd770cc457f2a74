/// Which bytes of an input decide what: spans of bytes that contain each other, and the choices that the bytes make.
///
/// Positions are those of ``bytes``, which are the input and what was used behind its end. Spans and choices stand in the order in which
/// they begin.
public struct DecisionTrace: Hashable, Sendable {
    /// The input, written out: it makes the same case, with all that decides about it.
    public internal(set) var bytes: [UInt8]
    public internal(set) var spans: [DecisionSpan] = []
    public internal(set) var choices: [DecisionChoice] = []
    /// What comes behind the bytes; nil for zeros.
    var tail: DecisionTail?

    /// Traces what is made of an input.
    public init(of input: [UInt8], _ make: (inout DecisionSource) -> Void) {
        let recorder = DecisionRecorder(input)
        var decisions = DecisionSource(input, recorder: recorder)
        make(&decisions)
        self = recorder.trace
    }

    init(recordedFrom input: [UInt8]) { bytes = input }

    /// The trace of other bytes.
    public func retraced(_ bytes: [UInt8], _ make: (inout DecisionSource) -> Void) -> DecisionTrace {
        DecisionTrace(of: trimmed(bytes), make)
    }

    /// Bytes without those at their end that come behind them anyway.
    public func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        var count = bytes.count
        while count > 0, bytes[count - 1] == tail?.byte(at: count - 1) ?? 0 { count -= 1 }
        return Array(bytes[..<count])
    }
}

/// The bytes that decide about a part of a case.
public struct DecisionSpan: Hashable, Sendable {
    /// What the part is.
    public enum Name: Hashable, Sendable, CaseIterable {
        /// One of the edges of a recipe, with the byte that says that it is there.
        case edge
        /// A list of types: the arity, and the mix.
        case types
        case arity
        case mix
        /// The signatures of a program, with the byte that says that no more come.
        case signatures
        /// The signature of a function of a program, with the byte that says that it is there.
        case signature
        /// A recipe of a program, with the byte that says that it is there.
        case recipe
        /// The body of a function that has a signature of its own; these stand in the order of their signatures.
        case function
        /// The body of another function of a program.
        case extraFunction
        /// Some instructions one after the other, with the byte that says that no more come.
        case list
        /// An instruction, with the byte that says that it is there and the lists of the blocks in it.
        case instruction

        /// Whether parts of this name follow each other in lists, each behind a byte that says that it is there.
        public var isElement: Bool {
            switch self {
            case .edge, .recipe, .signature, .instruction: true
            case .types, .arity, .mix, .signatures, .function, .extraFunction, .list: false
            }
        }
    }

    public let name: Name
    public internal(set) var range: Range<Int>
    /// The span around it, as an index of the trace's spans; nil for none.
    public let parent: Int?
}

/// A choice that bytes make.
public struct DecisionChoice: Hashable, Sendable {
    public let value: Int
    /// From how many.
    public let count: Int
    /// Where its bytes are, the uppermost first.
    public let range: Range<Int>
    /// The innermost span around it, as an index of the trace's spans; nil for none.
    public let span: Int?
}

/// What a ``DecisionSource`` that records and its windows tell.
final class DecisionRecorder {
    private(set) var trace: DecisionTrace
    private var open: [Int] = []

    init(_ input: [UInt8]) { trace = DecisionTrace(recordedFrom: input) }

    /// Takes in a byte behind the end of the input.
    func extend(by byte: UInt8) { trace.bytes.append(byte) }

    func note(_ tail: DecisionTail) { trace.tail = tail }

    func add(_ value: Int, of count: Int, in range: Range<Int>) {
        trace.choices.append(DecisionChoice(value: value, count: count, range: range, span: open.last))
    }

    func open(_ name: DecisionSpan.Name, at position: Int) {
        trace.spans.append(DecisionSpan(name: name, range: position..<position, parent: open.last))
        open.append(trace.spans.count - 1)
    }

    func close(at position: Int) {
        let index = open.removeLast()
        trace.spans[index].range = trace.spans[index].range.lowerBound..<position
    }

    /// Forgets the span that was opened last, in which nothing else was recorded.
    func abandon() {
        open.removeLast()
        trace.spans.removeLast()
    }
}
