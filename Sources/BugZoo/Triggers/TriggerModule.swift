import WasmModel

/// The smallest module known that shows a specimen: what a reduction is measured against.
public struct TriggerModule: Sendable {
    /// The specimen that it shows.
    public let identifier: String
    /// The engines that have the bug, as options name them.
    public let engines: String
    /// Whether only audited code shows it.
    public let isAudited: Bool
    /// The size of a stack that is too small for healthy code, of which nothing can be said then; nil for one of the usual size.
    public let stackBytes: Int?
    /// The module, in text.
    public let text: String
    /// The arguments of each call of the export `f`.
    public let calls: [[WasmValue]]

    /// The modules of all specimens that have one, by the part of the compiler that is broken.
    public static let all =
        known + knownMachine + knownFrontEnd + knownBoundary + knownFrames + encodings + frames + moves + calls
        + unwinding + optimisations + forwarding + bounds + contexts + allocation

    init(
        _ identifier: String,
        on engines: String,
        audited isAudited: Bool = false,
        stackBytes: Int? = nil,
        calls: [[WasmValue]] = [[]],
        _ text: String
    ) {
        self.identifier = identifier
        self.engines = engines
        self.isAudited = isAudited
        self.stackBytes = stackBytes
        self.calls = calls
        self.text = "(module \(text))"
    }

    /// The items of a module in which `f` calls a function of 9000 parameters, which returns the last.
    static let callOfNineThousand = """
        (func $many (param \(each(9000) { _ in "i64" })) (result i64) (local.get 8999))
        (func (export "f") (param i64) (result i64)
          (i64.add (call $many \(each(9000) { _ in "(local.get 0)" })) (local.get 0)))
        """

    /// So many pieces of text, numbered from 0.
    static func each(_ count: Int, _ piece: (Int) -> String) -> String {
        (0..<count).map(piece).joined(separator: " ")
    }
}

extension Specimen {
    /// The smallest module known that shows it; nil where time alone does, or none is known.
    public var smallest: TriggerModule? { TriggerModule.all.first { $0.identifier == identifier } }
}
