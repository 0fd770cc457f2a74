import WasmFormats
import WasmGenerator
import WasmModel

/// Makes the calls that a command was asked for.
struct InvocationList {
    let module: ValidatedModule

    /// The exported functions in the module's order.
    var exports: [(name: String, type: FunctionType)] {
        module.module.exports.compactMap { export in
            if case .function(let index) = export.item { (export.name, module.functionType(of: index)) } else { nil }
        }
    }

    /// The exported functions that are not called without `--invoke`, and why.
    var uncalled: [(name: String, reason: String)] {
        exports.compactMap { export in Self.obstacle(to: export.type).map { (export.name, $0) } }
    }

    /// Why a function cannot be called from outside; nil where it can.
    private static func obstacle(to type: FunctionType) -> String? {
        guard let position = type.parameters.firstIndex(where: { !$0.isDefaultable }) else { return nil }
        return
            "nobody outside has a value for parameter \(position) of type \(TypeList.name(of: type.parameters[position]))"
    }

    /// How many values one round of calls has, arguments and results, each call counted as one more.
    func valueCount(_ words: [String]) -> Int {
        exports.reduce(0) { sum, export in
            guard words.isEmpty || words.first == export.name else { return sum }
            return sum + 1 + export.type.parameters.count + export.type.results.count
        }
    }

    /// The calls of `--invoke EXPORT VALUES...`; where the list is empty, one of every exported function that can be given values.
    func invocations(_ words: [String], seed: UInt64, calls: Int) throws(CommandFailure) -> [Invocation] {
        let exports = exports
        guard let name = words.first else {
            let callable = exports.filter { Self.obstacle(to: $0.type) == nil }
            return (0..<calls).flatMap { call in
                callable.map { Self.tagged($0.name, $0.type, seed: seed &+ UInt64(call)) }
            }
        }
        guard let export = exports.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            let names = exports.prefix(8).map(\.name).joined(separator: ", ")
            let choice = names.isEmpty ? "the module exports none" : "choose from \(names)"
            throw CommandFailure("--invoke: no exported function '\(name)' (\(choice))")
        }
        if words.count == 1 {
            return (0..<calls).map { Self.tagged(name, export.type, seed: seed &+ UInt64($0)) }
        }
        let invocation = Invocation(export: name, arguments: try Self.values(words.dropFirst(), export.type, name))
        return [Invocation](repeating: invocation, count: calls)
    }

    private static func tagged(_ name: String, _ type: FunctionType, seed: UInt64) -> Invocation {
        let arguments = type.parameters.enumerated().map { TaggedValue.argument($0.offset, $0.element, seed: seed) }
        return Invocation(export: name, arguments: arguments)
    }

    private static func values(
        _ words: ArraySlice<String>,
        _ type: FunctionType,
        _ name: String
    ) throws(CommandFailure) -> [WasmValue] {
        guard words.count == type.parameters.count else {
            throw CommandFailure(
                "--invoke: '\(name)' takes \(type.parameters.count.counted("value")) (\(TypeList.text(type.parameters))), "
                    + "\(words.count) were given"
            )
        }
        var values: [WasmValue] = []
        values.reserveCapacity(words.count)
        for (position, (word, parameter)) in zip(words, type.parameters).enumerated() {
            do throws(ValueText.Malformed) {
                values.append(try ValueText.value(word, of: parameter))
            } catch {
                throw CommandFailure("--invoke: value \(position), '\(shown(word))', \(error)")
            }
        }
        return values
    }

    private static let longestWord = 200

    /// What an error says of a word, which may be of any length.
    private static func shown(_ word: String) -> String {
        word.utf8.count > longestWord ? "\(String(decoding: word.utf8.prefix(longestWord), as: UTF8.self))..." : word
    }
}
