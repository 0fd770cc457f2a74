import Execution
import Foundation
import WasmModel

/// A test case with what a host cannot tell from a module that it does not decode: the types at its boundary.
public struct HostedCase: Hashable, Sendable {
    /// A function that the host has to stand behind.
    public struct ImportedFunction: Hashable, Sendable {
        public var module: String
        public var name: String
        public var function: HostFunction

        /// Makes a function.
        public init(module: String, name: String, function: HostFunction) {
            self.module = module
            self.name = name
            self.function = function
        }
    }

    /// An exported global or table.
    public struct Item: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case name = "name"
            case type = "type"
        }

        public var name: String
        /// Of the global, or of the elements of the table.
        public var type: String

        /// Makes an item.
        public init(name: String, type: ValueType) {
            self.name = name
            self.type = TypeList.name(of: type)
        }
    }

    /// An exported tag, for the exceptions that nothing catches.
    public struct Tag: Hashable, Sendable, Encodable {
        private enum CodingKeys: String, CodingKey {
            case name = "name"
            case index = "index"
            case parameters = "parameters"
        }

        public var name: String
        /// In the module under test.
        public var index: Int
        /// The types of what its exceptions carry.
        public var parameters: [String]

        /// Makes a tag.
        public init(name: String, index: Int, parameters: [ValueType]) {
            self.name = name
            self.index = index
            self.parameters = parameters.map(TypeList.name(of:))
        }
    }

    public var test: TestCase
    /// The types of the results of each call; empty where nobody needs them, as the engine decodes the module itself.
    public var results: [[ValueType]] = []
    public var imports: [ImportedFunction] = []
    /// The exported globals that are to be shown.
    public var globals: [Item] = []
    /// The exported tables that are to be shown.
    public var tables: [Item] = []
    /// The first of each kind is that of an exception.
    public var tags: [Tag] = []
    /// The exported table whose element N is the function that is called N; nil where no function is seen.
    public var functions: String?

    /// Makes a case whose host decodes the module.
    public init(_ test: TestCase) { self.test = test }
}

extension HostedCase: Encodable {
    private enum Key: String, CodingKey {
        case wasm, invocations, companions, freshInstances, imports, globals, tables, tags, functions
    }

    private struct Call: Encodable {
        private enum CodingKeys: String, CodingKey {
            case export = "export"
            case arguments = "arguments"
            case results = "results"
        }

        var export: String
        var arguments: [WasmValue]
        var results: [String]?
    }

    private struct Function: Encodable {
        private enum CodingKeys: String, CodingKey {
            case module = "module"
            case name = "name"
            case ordinal = "ordinal"
            case parameters = "parameters"
            case results = "results"
            case answers = "answers"
        }

        var module: String
        var name: String
        var ordinal: Int
        var parameters: [String]
        var results: [String]
        var answers: [String]
    }

    /// Writes what a test case has, and the types besides.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(Data(test.wasm), forKey: .wasm)
        let calls = test.invocations.enumerated().map { number, call in
            Call(
                export: call.export,
                arguments: call.arguments,
                results: number < results.count ? results[number].map(TypeList.name(of:)) : nil
            )
        }
        try container.encode(calls, forKey: .invocations)
        if !test.companions.isEmpty { try container.encode(test.companions.map { Data($0) }, forKey: .companions) }
        if test.usesFreshInstances { try container.encode(true, forKey: .freshInstances) }
        let functions = imports.map { item in
            Function(
                module: item.module,
                name: item.name,
                ordinal: item.function.importOrdinal,
                parameters: item.function.type.parameters.map(TypeList.name(of:)),
                results: item.function.type.results.map(TypeList.name(of:)),
                answers: item.function.answers.map(\.text)
            )
        }
        if !functions.isEmpty { try container.encode(functions, forKey: .imports) }
        if !globals.isEmpty { try container.encode(globals, forKey: .globals) }
        if !tables.isEmpty { try container.encode(tables, forKey: .tables) }
        if !tags.isEmpty { try container.encode(tags, forKey: .tags) }
        try container.encodeIfPresent(self.functions, forKey: .functions)
    }
}

extension HostFunction.Answer {
    /// As hosts read it: `parameter:3`, a value, or `missing`.
    fileprivate var text: String {
        switch self {
        case .parameter(let position): "parameter:\(position)"
        case .made(let value): value.seen.description
        case .missing: "missing"
        }
    }
}
