import RegisterAllocation
import Synchronization
import WasmFormats

/// The allocated functions and stubs of the last module, for compilers that differ in nothing but the ``ResultStrategy`` and whether code is
/// audited: neither matters to functions that get no results in memory from a call, until code is emitted.
///
/// What is taken from here was proved by the same checker, before it came here. Compilers with a replaced stage have none of these.
public final class SharedAllocations: Sendable {
    /// A function with its registers.
    struct Piece: Sendable {
        let kind: CodeRegion.Kind
        let function: MachineFunction
        let allocation: Allocation
    }

    private struct Entry: Sendable {
        let module: ValidatedModule
        /// By the position among the pieces of the compilation; nil where it has to be made by everybody.
        var pieces: [Piece?] = []
    }

    /// A module, and one whose functions its host lends to it.
    private static let rememberedCount = 2

    /// The last module that was asked for comes first.
    private let entries = Mutex<[Entry]>([])

    /// Makes a place where nothing is shared yet.
    public init() {}

    /// What another compiler made of a piece of a module; nil where none did, or where it is not the same for all.
    func piece(_ position: Int, _ kind: CodeRegion.Kind, of module: ValidatedModule) -> Piece? {
        entries.withLock { entries in
            guard let entry = entries.firstIndex(where: { $0.module === module }) else { return nil }
            if entry > 0 { entries.swapAt(0, entry) }
            guard position < entries[0].pieces.count, let piece = entries[0].pieces[position], piece.kind == kind else {
                return nil
            }
            return piece
        }
    }

    /// Keeps a piece of a module for others, where it is the same for all.
    func keep(_ piece: Piece, at position: Int, of module: ValidatedModule) {
        if piece.function.dependsOnResultStrategy { return }
        entries.withLock { entries in
            if !entries.contains(where: { $0.module === module }) {
                entries.insert(Entry(module: module), at: 0)
                if entries.count > Self.rememberedCount { entries.removeLast() }
            }
            guard let entry = entries.firstIndex(where: { $0.module === module }) else { return }
            while entries[entry].pieces.count <= position { entries[entry].pieces.append(nil) }
            entries[entry].pieces[position] = piece
        }
    }
}
