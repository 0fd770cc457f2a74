import Differential
import Execution

/// Which engines run a case: of those in this program that differ only in how results come, one, with code that checks itself in every second
/// case. The case decides by its bytes, so that the same ones run it whenever it is run again.
///
/// What they differ in is a small part of what they do, and as much is learnt of it from the next case.
struct EngineTurns {
    private struct Engines {
        let plain: any Engine
        /// The one whose code checks itself; nil where there is none.
        let audited: (any Engine)?
    }

    private var groups: [[Engines]] = []

    init(_ engines: [any Engine], _ registry: EngineRegistry) {
        var positions: [EngineName: Int] = [:]
        for engine in engines {
            let pair = Engines(plain: engine, audited: registry.auditedEngine(engine.name))
            let key = EngineName(family: engine.name.family, options: engine.name.options.dropLast())
            if !registry.isExternal(engine.name), !engine.name.options.isEmpty, let position = positions[key] {
                groups[position].append(pair)
            } else {
                positions[key] = groups.count
                groups.append([pair])
            }
        }
    }

    /// - Parameter all: whether none is left out.
    func engines(for subject: Case, all: Bool) -> [any Engine] {
        let wasm = subject.test.wasm
        let turn = wasm.suffix(Self.bytesThatTakeTurns).reduce(wasm.count) { $0 &+ Int($1) }
        var chosen: [any Engine] = []
        for (position, group) in groups.enumerated() {
            let first = (position + turn) % group.count
            for (number, engines) in (all ? group[...] : group[first...first]).enumerated() {
                let isAudited = (position + number + turn / 2) % 2 == 0
                chosen.append(isAudited ? engines.audited ?? engines.plain : engines.plain)
            }
        }
        return chosen
    }

    private static let bytesThatTakeTurns = 64
}
