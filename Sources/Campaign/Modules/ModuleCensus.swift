import WasmModel

/// How many files of a folder of modules are used, and why others are not; also the shape of its JSON.
public struct ModuleCensus: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case folder = "folder"
        case files = "files"
        case used = "used"
        case reservations = "reservations"
    }

    /// Files of which there is one thing to say.
    public struct Group: Hashable, Sendable, Codable {
        private enum CodingKeys: String, CodingKey {
            case reason = "reason"
            case count = "count"
            case first = "first"
        }

        public var reason: ModuleReservation
        public var count: Int
        /// The path of the first of them, in the folder.
        public var first: String

        var text: String { "\(reason.text(count: count)) (\(count == 1 ? "" : "first: ")\(first))" }
    }

    public var folder: String
    /// How many have a name that ends with `.wasm`, whatever they are.
    public var files = 0
    /// How many of them are given to engines, also those that are only to be rejected, or only to be compiled.
    public var used = 0
    /// Files that are not used, or only in part, by the reason.
    public var reservations: [Group] = []

    /// A census of nothing yet.
    init(folder: String) { self.folder = folder }

    /// Counts a file.
    /// - Parameter reason: nil where it is used for all that a module is used for.
    mutating func add(_ name: String, _ reason: ModuleReservation?) {
        files += 1
        if reason?.permitsUse ?? true { used += 1 }
        guard let reason else { return }
        if let position = reservations.firstIndex(where: { $0.reason == reason }) {
            reservations[position].count += 1
        } else {
            reservations.append(Group(reason: reason, count: 1, first: name))
        }
    }

    /// How many files can show how engines differ.
    var comparable: Int { files - reservations.filter { $0.reason != .invalid }.reduce(0) { $0 + $1.count } }

    /// What there is to say of some files, in a line.
    var reservationsText: String { reservations.map(\.text).joined(separator: ", ") }

    /// What there is to say of some files, those that are not used first; none where all are used.
    var lines: [String] {
        let unused = reservations.filter { !$0.reason.permitsUse }
        let usedInPart = reservations.filter(\.reason.permitsUse)
        return [("not used", unused), ("used in part", usedInPart)].compactMap { what, groups in
            guard !groups.isEmpty else { return nil }
            let count = groups.reduce(0) { $0 + $1.count }
            return "\(count) of \(files.counted("file")) in \(folder) \(what): "
                + groups.map(\.text).joined(separator: ", ")
        }
    }
}
